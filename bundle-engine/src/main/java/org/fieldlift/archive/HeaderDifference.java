package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.fieldlift.archive.EntryList.shown;

import java.util.Arrays;

/// Says in words how a tar header differs from the one that was signed.
final class HeaderDifference {
  /// A field of a ustar header, by its place.
  private record Field(String what, int from, int to) {}

  private static final Field NAME = new Field("another name", 0, 100);
  private static final Field[] FIELDS = {
    NAME,
    new Field("another type", 156, 157),
    new Field("another mode", 100, 108),
    new Field("another owner", 108, 124),
    new Field("another size", 124, 136),
    new Field("another time", 136, 148),
    new Field("another link target", 157, 257),
  };

  private HeaderDifference() {}

  /// @param found bytes that stand where the entry's header should, perhaps too few
  static String of(Entry entry, byte[] expected, byte[] found) {
    String path = shown(entry.path());
    if (found.length < TarHeader.BLOCK) return path + " is missing";
    if (isEmpty(found)) return path + " is missing: the archive ends before it";
    if (found.length < expected.length) return path + " ends in its header";
    int last = expected.length - TarHeader.BLOCK;
    if (!Arrays.equals(expected, 0, last, found, 0, last) || isPax(found, last)) {
      return isPax(found, 0)
          ? path + " has another name or link target"
          : "where " + path + " should be, there is " + shown(name(found, 0));
    }
    for (Field field : FIELDS) {
      int from = last + field.from();
      int to = last + field.to();
      if (Arrays.equals(expected, from, to, found, from, to)) continue;
      return field.equals(NAME)
          ? "where " + path + " should be, there is " + shown(name(found, last))
          : path + " has " + field.what();
    }
    return path + " has another header";
  }

  private static boolean isEmpty(byte[] found) {
    for (int i = 0; i < TarHeader.BLOCK; i++) if (found[i] != 0) return false;
    return true;
  }

  private static boolean isPax(byte[] found, int start) {
    return found[start + 156] == 'x';
  }

  private static String name(byte[] found, int start) {
    String text = new String(found, start, NAME.to(), UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
