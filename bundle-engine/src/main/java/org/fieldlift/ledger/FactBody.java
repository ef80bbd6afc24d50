package org.fieldlift.ledger;

import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON body of a fact, put together field by field, each within its limit.
///
/// Texts are stored as they are, never cut or cleaned: what was signed is what was said. Whoever
/// shows them does so through [PlainText].
final class FactBody {
  /// Longest id or name, in characters.
  static final int LONGEST_NAME = 256;

  /// Longest free text (a verdict, a reason, a device's last log lines), in characters.
  static final int LONGEST_WORDS = 16_384;

  private final ObjectNode node = Json.object();

  /// A text by which something is found again, so it cannot be blank.
  FactBody id(String field, String value) throws Problem {
    if (value.isBlank()) throw refused(field, value, "is empty", "Give one.");
    return name(field, value);
  }

  FactBody name(String field, String value) throws Problem {
    return text(field, value, LONGEST_NAME);
  }

  FactBody words(String field, String value) throws Problem {
    return text(field, value, LONGEST_WORDS);
  }

  FactBody digest(String field, Digest value) {
    node.put(field, value.hex());
    return this;
  }

  FactBody number(String field, long value, long least) throws Problem {
    if (value < least) {
      throw refused(field, String.valueOf(value), "is too small", "Give " + least + " or more.");
    }
    node.put(field, value);
    return this;
  }

  FactBody names(String field, List<String> values) throws Problem {
    ArrayNode list = list(field, values);
    for (String value : values) {
      list.add(checked(field, value, LONGEST_NAME));
    }
    return this;
  }

  FactBody digests(String field, List<Digest> values) throws Problem {
    ArrayNode list = list(field, values);
    values.forEach(value -> list.add(value.hex()));
    return this;
  }

  /// The finished body on one line.
  String line() {
    return Json.line(node);
  }

  private FactBody text(String field, String value, int longest) throws Problem {
    node.put(field, checked(field, value, longest));
    return this;
  }

  private ArrayNode list(String field, List<?> values) throws Problem {
    if (values.size() > Fact.MOST_LISTED) {
      throw refused(
          field,
          values.size() + " elements",
          "is too long a list",
          "Use " + Fact.MOST_LISTED + " at most.");
    }
    return node.putArray(field);
  }

  /// Half a surrogate pair cannot be written as UTF-8: it would be stored as another character than
  /// was signed.
  private static String checked(String field, String value, int longest) throws Problem {
    if (value.length() > longest) {
      throw refused(field, value, "is too long", "Use " + longest + " characters at most.");
    }
    if (value.codePoints().anyMatch(FactBody::isHalfAPair)) {
      throw refused(field, value, "holds a broken character", "Type it again.");
    }
    return value;
  }

  private static boolean isHalfAPair(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static Problem refused(String field, String value, String why, String next) {
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return Problem.usage(
        "The " + field + " \"" + PlainText.of(shown) + "\" " + why + " for the ledger.", next);
  }
}
