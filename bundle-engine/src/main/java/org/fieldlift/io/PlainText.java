package org.fieldlift.io;

/// Foreign text made fit to be shown: control characters, terminal escapes and direction marks are
/// written out, never obeyed.
///
/// Stops a release, label or file name from moving the cursor, recolouring a terminal or reading
/// backwards on screen (CWE-150, "Trojan Source" CVE-2021-42574).
public final class PlainText {
  private static final int LONGEST = 1000;

  private PlainText() {}

  /// The text with every character that is not plainly visible replaced by its code point
  /// (`<U+202E>`), cut after 1000 characters.
  public static String of(String foreign) {
    StringBuilder shown = new StringBuilder(foreign.length());
    foreign
        .codePoints()
        .limit(LONGEST)
        .forEach(point -> {
          if (isPlain(point)) shown.appendCodePoint(point);
          else shown.append("<U+%04X>".formatted(point));
        });
    if (foreign.codePointCount(0, foreign.length()) > LONGEST) shown.append('…');
    return shown.toString();
  }

  /// The same for whole lines of ours that may have foreign words in them: line breaks stay and
  /// nothing is cut. Faces do this last, to all that they show.
  public static String lines(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isPlain(point) || point == '\n') shown.appendCodePoint(point);
          else shown.append("<U+%04X>".formatted(point));
        });
    return shown.toString();
  }

  static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
