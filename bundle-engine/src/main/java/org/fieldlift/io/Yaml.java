package org.fieldlift.io;

import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML 1.2, read as plain maps, lists and scalars: no types, no objects, hardly any aliases.
public final class Yaml {
  /// Largest document that is read, in bytes. Real ones have some kilobytes, and one of empty
  /// collections takes hundreds of times its size in memory.
  public static final int LARGEST = 1 << 20;

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
            .setSchema(new YamlScalars())
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LARGEST)
            .build();
    try {
      var text = new YamlUnicodeReader(new ByteArrayInputStream(bytes));
      var parser = new ShallowParser(settings, new StreamReader(settings, text));
      Object document =
          new StandardConstructor(settings)
              .constructSingleDocument(new Composer(settings, parser).getSingleNode());
      if (document == null) return new LinkedHashMap<>();
      if (!(document instanceof Map<?, ?> map)) throw malformed(what, "it is not a mapping");
      return named(map, what);
    } catch (RuntimeException e) {
      // The library says what is wrong by its own exceptions, and forgets to for some broken tags.
      Problem problem = malformed(what, why(e));
      problem.initCause(e);
      throw problem;
    }
  }

  /// The same mapping with its keys as texts. Two keys of one text (`1` and `"1"`) are refused: two
  /// readers could take two values for it.
  public static Map<String, @Nullable Object> named(Map<?, ?> map, String what) throws Problem {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (key instanceof Map || key instanceof Collection) {
        throw malformed(what, "a key in it is not a text");
      }
      String name = String.valueOf(key);
      if (named.containsKey(name)) throw malformed(what, "it has the key " + name + " twice");
      named.put(name, entry.getValue());
    }
    return named;
  }

  private static String why(RuntimeException e) {
    if (!(e instanceof MarkedYamlEngineException marked)) return String.valueOf(e.getMessage());
    return marked.getProblem()
        + marked.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
  }

  private static Problem malformed(String what, String why) {
    return Problem.notGenuine(
        PlainText.of(what) + " cannot be read: " + PlainText.of(why) + ".",
        "It is damaged; get it again from its source.");
  }
}
