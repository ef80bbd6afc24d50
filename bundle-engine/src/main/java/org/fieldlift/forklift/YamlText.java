package org.fieldlift.forklift;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A text written as Forklift's YAML writer writes it: bare where every reader takes it for a text,
/// in double quotes where YAML 1.1 or 1.2 would read another type (`"1.5"`, `"yes"`), in single
/// quotes where the bare form is not allowed.
public final class YamlText {
  private static final Set<String> WORDS =
      Set.of("", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n");
  private static final Pattern OTHER_TYPE =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*" // integer
              + "|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[bB][01_]+|[-+]?0[oO][0-7_]+"
              + "|[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])++(\\.[0-9_]*)?" // base 60
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?", // date
          Pattern.DOTALL);
  private static final Pattern NOT_BARE =
      Pattern.compile(
          "[ #,\\[\\]{}&*!|>'\"%@`].*" // indicators
              + "|[-?:]( .*)?|(---|\\.\\.\\.).*|.*:( .*)?|.* #.*|.* ",
          Pattern.DOTALL);

  /// In bytes; of Forklift's writer.
  private static final int LONGEST_PLAIN_KEY = 128;

  private YamlText() {}

  /// The text as a YAML scalar, in quotes only where it needs them.
  public static String of(String text) {
    if (isOtherType(text) || !text.codePoints().allMatch(YamlText::isPrintable)) {
      return '"' + escaped(text) + '"';
    }
    return NOT_BARE.matcher(text).matches() ? "'" + text.replace("'", "''") + "'" : text;
  }

  /// The text as a key of a block mapping, up to its value. Of a longer one readers cannot tell in
  /// time that it is one; it is marked.
  ///
  /// @param indent before the key
  static String key(String indent, String text) {
    boolean isShort = text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PLAIN_KEY;
    return isShort ? indent + of(text) + ": " : indent + "? " + of(text) + "\n" + indent + ": ";
  }

  private static boolean isOtherType(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean oneCase =
        text.equals(lower)
            || text.equals(text.toUpperCase(Locale.ROOT))
            || text.equals(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    return (oneCase && WORDS.contains(lower)) || OTHER_TYPE.matcher(text).matches();
  }

  private static boolean isPrintable(int point) {
    boolean isBreak = point == 0x2028 || point == 0x2029;
    return (point >= 0x20 && point <= 0x7e)
        || (point >= 0xa0 && point <= 0xfffd && point != 0xfeff && !isBreak && !isSurrogate(point));
  }

  private static boolean isSurrogate(int point) {
    return point >= 0xd800 && point <= 0xdfff;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (point == '"' || point == '\\') escaped.append('\\').appendCodePoint(point);
          else if (isPrintable(point)) escaped.appendCodePoint(point);
          else if (point == '\t') escaped.append("\\t");
          else if (point == '\n') escaped.append("\\n");
          else if (point == 0x85) escaped.append("\\N");
          else if (point <= 0xff) escaped.append("\\x%02X".formatted(point));
          else if (point <= 0xffff) escaped.append("\\u%04X".formatted(point));
          else escaped.append("\\U%08X".formatted(point));
        });
    return escaped.toString();
  }
}
