package org.fieldlift.io;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON (RFC 8259), read strictly and written the same way every time.
///
/// Reading refuses duplicate keys (two readers could see two different documents), trailing text,
/// what is not UTF-8, nesting deeper than [#DEEPEST], more than [#MOST_TOKENS], and numbers or
/// strings beyond their limits: a small document of empty objects would take many times its size in
/// memory.
public final class Json {
  /// Deepest nesting that is read.
  public static final int DEEPEST = 32;

  /// Longest single string that is read, in characters.
  public static final int LONGEST_STRING = 24 << 20;

  /// Most names, values, brackets and braces that are read; a `release.json` at its largest has
  /// about half as many.
  public static final int MOST_TOKENS = 2_000_000;

  /// Longest number that is read, in digits.
  static final int LONGEST_NUMBER = 40;

  private Json() {}

  /// Reads one JSON object. Cap the length of the bytes before ([Limits#readAtMost]).
  ///
  /// @param what names the document in the error ("release.json")
  /// @throws Problem of kind NOT_GENUINE when it is not one well-formed JSON object
  public static ObjectNode readObject(byte[] bytes, String what) throws Problem {
    try {
      JsonNode node = JsonTree.read(bytes);
      if (node instanceof ObjectNode object) return object;
      throw malformed(what, "it is not a JSON object", null);
    } catch (StreamConstraintsException e) {
      throw malformed(
          what, "it holds more, or is nested deeper, than anything Fieldlift writes", e);
    } catch (JacksonIOException e) {
      throw malformed(what, "it is not UTF-8 text", e);
    } catch (JacksonException e) {
      throw malformed(what, e.getOriginalMessage(), e);
    }
  }

  /// The document as UTF-8 text: two spaces of indent, keys in the order they were put, one final
  /// newline.
  public static byte[] write(JsonNode node) {
    String text = JsonTree.text(node, true);
    return (text.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// A document for a terminal: what is not plainly visible is escaped, which means the same to
  /// programs and nothing to terminals (see [PlainText]).
  public static String shown(String document) {
    StringBuilder shown = new StringBuilder();
    document
        .codePoints()
        .forEach(point -> {
          if (PlainText.isPlain(point) || point == '\n') shown.appendCodePoint(point);
          else for (int unit : Character.toChars(point)) shown.append("\\u%04x".formatted(unit));
        });
    return shown.toString();
  }

  /// The document on one line, without a newline.
  public static String line(JsonNode node) {
    return JsonTree.text(node, false);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static Problem malformed(
      String what, String why, @org.jspecify.annotations.Nullable Exception cause) {
    Problem problem =
        Problem.notGenuine(
            PlainText.of(what) + " cannot be read: " + PlainText.of(why) + ".",
            "It is damaged or was not written by Fieldlift; get it again from its source.");
    if (cause != null) problem.initCause(cause);
    return problem;
  }
}
