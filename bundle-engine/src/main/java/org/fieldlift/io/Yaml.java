package org.fieldlift.io;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML 1.2, read as plain maps, lists and scalars: no types, no objects, hardly any aliases.
public final class Yaml {
  /// Largest document that is read, in bytes.
  public static final int LARGEST = 16 << 20;

  /// Most aliases to collections, which is what alias bombs are made of.
  private static final int MOST_ALIASES = 20;

  private Yaml() {}

  /// Reads one mapping; an empty document is an empty mapping. Duplicate keys are refused.
  ///
  /// @param what names the document in the error ("forklift-bundle.yml")
  public static Map<String, @Nullable Object> readMap(byte[] bytes, String what) throws Problem {
    if (bytes.length > LARGEST) throw Limits.tooLarge(what, bytes.length, LARGEST);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(what)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LARGEST)
            .build();
    try {
      Object document =
          new Load(settings).loadFromInputStream(new java.io.ByteArrayInputStream(bytes));
      if (document == null) return new LinkedHashMap<>();
      if (!(document instanceof Map<?, ?> map)) throw malformed(what, "it is not a mapping");
      Map<String, @Nullable Object> named = new LinkedHashMap<>();
      map.forEach((key, value) -> named.put(String.valueOf(key), value));
      return named;
    } catch (YamlEngineException e) {
      Problem problem = malformed(what, String.valueOf(e.getMessage()));
      problem.initCause(e);
      throw problem;
    } catch (StackOverflowError e) {
      throw malformed(what, "it is nested too deeply");
    }
  }

  private static Problem malformed(String what, String why) {
    return Problem.notGenuine(
        PlainText.of(what) + " cannot be read: " + PlainText.of(why) + ".",
        "It is damaged; get it again from its source.");
  }
}
