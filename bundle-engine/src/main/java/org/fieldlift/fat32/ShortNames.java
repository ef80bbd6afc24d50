package org.fieldlift.fat32;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The 8.3 names of one folder, each unique ("Name Generation" of the Microsoft specification).
///
/// Only ASCII is used, whatever the name: what a byte above 127 means depends on the reader's code
/// page.
final class ShortNames {
  private static final int LONGEST_BASE = 8;
  private static final int LONGEST_EXTENSION = 3;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> lastTail = new HashMap<>();

  /// @param names every long name of the folder, no two alike but for case
  ShortNames(List<String> names) {
    for (String name : names) {
      String capitals = LongName.fold(name);
      if (LongName.isShort(capitals)) taken.add(capitals);
    }
  }

  /// The short name for one of the folder's names, asked once for each: itself in capitals where
  /// that is an 8.3 name, otherwise `BASE~n.EXT`.
  String next(String name) {
    String capitals = LongName.fold(name);
    if (LongName.isShort(capitals)) return capitals;
    int dot = capitals.lastIndexOf('.');
    boolean hasExtension = dot > 0;
    String base = legal(hasExtension ? capitals.substring(0, dot) : capitals);
    String extension = hasExtension ? legal(capitals.substring(dot + 1)) : "";
    if (base.isEmpty()) base = "_";
    if (extension.length() > LONGEST_EXTENSION) {
      extension = extension.substring(0, LONGEST_EXTENSION);
    }
    if (!extension.isEmpty()) extension = "." + extension;
    return withTail(base, extension);
  }

  private String withTail(String base, String extension) {
    String stem = base.substring(0, Math.min(base.length(), LONGEST_BASE - 2));
    while (true) {
      String tail = "~" + lastTail.merge(stem + extension, 1, Integer::sum);
      int room = Math.min(stem.length(), LONGEST_BASE - tail.length());
      String shortName = stem.substring(0, room) + tail + extension;
      if (taken.add(shortName)) return shortName;
    }
  }

  private static String legal(String text) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == ' ' || unit == '.') continue;
      legal.append(LongName.isShortSign(unit) ? unit : '_');
    }
    return legal.toString();
  }

  /// The eleven bytes a directory entry holds: base and extension padded with spaces, no dot.
  static byte[] padded(String shortName) {
    byte[] bytes = "           ".getBytes(StandardCharsets.US_ASCII);
    int dot = shortName.indexOf('.');
    int base = dot < 0 ? shortName.length() : dot;
    for (int i = 0; i < base; i++) bytes[i] = (byte) shortName.charAt(i);
    for (int i = base + 1; i < shortName.length(); i++) {
      bytes[LONGEST_BASE + i - base - 1] = (byte) shortName.charAt(i);
    }
    return bytes;
  }

  /// Ties long-name entries to their short one, so that a driver that knows only short names and
  /// renames a file does not leave a wrong long name behind.
  static byte checksum(byte[] padded) {
    int sum = 0;
    for (byte unit : padded) {
      sum = ((sum & 1) << 7 | sum >> 1) + Byte.toUnsignedInt(unit) & 0xFF;
    }
    return (byte) sum;
  }
}
