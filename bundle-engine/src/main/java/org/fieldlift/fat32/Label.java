package org.fieldlift.fat32;

import java.nio.charset.StandardCharsets;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A volume's label: at most eleven capitals, digits and harmless signs; empty for none.
record Label(String text) {
  private static final int LONGEST = 11;
  private static final String NONE = "NO NAME";
  private static final String FORBIDDEN = "\"*/:<>?\\|+,.;=[]";

  static Label of(String text) throws Problem {
    boolean legal =
        text.length() <= LONGEST
            && !text.startsWith(" ")
            && !text.endsWith(" ")
            && text.chars().allMatch(Label::isLegal);
    if (!legal) {
      throw Problem.usage(
          "\"" + PlainText.of(text) + "\" cannot be the label of a FAT32 drive.",
          "Use at most 11 capital letters, digits, spaces, - and _.");
    }
    return new Label(text);
  }

  private static boolean isLegal(int unit) {
    return unit >= ' '
        && unit < 0x7F
        && FORBIDDEN.indexOf(unit) < 0
        && !Character.isLowerCase(unit);
  }

  /// As the boot sector holds it.
  byte[] padded() {
    return "%-11s".formatted(text.isEmpty() ? NONE : text).getBytes(StandardCharsets.US_ASCII);
  }

  /// What a boot sector's label means.
  static String read(String padded) {
    String text = padded.stripTrailing();
    return text.equals(NONE) ? "" : text;
  }
}
