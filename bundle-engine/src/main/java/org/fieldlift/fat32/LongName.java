package org.fieldlift.fat32;

import java.util.Set;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The rules for names on FAT ("Long Directory Entries" of the Microsoft specification, and what
/// Windows and Linux refuse beyond it).
final class LongName {
  /// UTF-16 units in one long-name entry.
  static final int UNITS_PER_ENTRY = 13;

  private static final int LONGEST = 255;
  private static final String FORBIDDEN = "\"*/:<>?\\|";
  private static final String SHORT_SIGNS = "$%'-_@~`!(){}^#&";
  private static final Set<String> DEVICES =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private LongName() {}

  /// Refuses a name that some system could not open.
  static void check(String name, String path) throws Problem {
    String fault = fault(name);
    if (!fault.isEmpty()) {
      throw Problem.usage(
          "A FAT32 drive cannot hold \"" + PlainText.of(path) + "\": " + fault + ".",
          "Rename it and try again.");
    }
  }

  private static String fault(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) return "a name is missing";
    if (name.length() > LONGEST) return "a name has more than " + LONGEST + " characters";
    if (name.endsWith(".") || name.endsWith(" ")) return "a name ends with a dot or a space";
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (unit < ' ' || unit == 0x7F || unit >= 0xFFFE) return "a name has a control character";
      if (FORBIDDEN.indexOf(unit) >= 0) return "a name has the character " + unit;
      // Linux reads long names as UCS-2: such a file could be seen, but not opened.
      if (Character.isSurrogate(unit))
        return "a name has a character outside Unicode's first plane";
    }
    String base = name.split("\\.", 2)[0].strip();
    return DEVICES.contains(fold(base)) ? base + " is a device on Windows" : "";
  }

  /// A name as FAT compares it: capitals, character by character. A letter outside ASCII never
  /// becomes one inside, as the dotless ı would in Unicode.
  static String fold(String name) {
    char[] units = name.toCharArray();
    for (int i = 0; i < units.length; i++) {
      char capital = Character.toUpperCase(units[i]);
      if (units[i] < 0x80 || capital >= 0x80) units[i] = capital;
    }
    return new String(units);
  }

  /// True when the name, as it is, is an 8.3 name and needs no long one.
  static boolean isShort(String name) {
    int dot = name.indexOf('.');
    int base = dot < 0 ? name.length() : dot;
    if (base == 0 || base > 8 || dot == name.length() - 1 || name.length() - base > 4) return false;
    for (int i = 0; i < name.length(); i++) {
      if (i != dot && !isShortSign(name.charAt(i))) return false;
    }
    return true;
  }

  static boolean isShortSign(char unit) {
    return (unit >= 'A' && unit <= 'Z')
        || (unit >= '0' && unit <= '9')
        || SHORT_SIGNS.indexOf(unit) >= 0;
  }

  /// Directory entries a name takes, its short one included.
  static int entries(String name) {
    return isShort(name) ? 1 : 1 + Math.ceilDiv(name.length(), UNITS_PER_ENTRY);
  }
}
