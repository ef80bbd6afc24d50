package org.fieldlift.fat32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes the 32-byte entries of one folder, long names before their short ones.
final class DirectoryWriter {
  static final int ENTRY = 32;
  static final byte LABEL = 0x08;
  static final byte FOLDER = 0x10;
  static final byte FILE = 0x20;
  static final byte LONG_NAME = 0x0F;
  static final byte LAST_LONG_ENTRY = 0x40;

  /// Where the units of a long name lie in an entry.
  static final int[] UNIT_OFFSETS = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

  private final ByteBuffer entries;
  private final DosTime time;

  DirectoryWriter(int count, DosTime time) {
    this.entries = ByteBuffer.allocate(count * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    this.time = time;
  }

  /// The folder's bytes.
  byte[] bytes() {
    return entries.array();
  }

  void label(Label label) {
    shortEntry(label.padded(), LABEL, 0, 0);
  }

  /// The entries `.` and `..`.
  ///
  /// @param parent first cluster of the folder above; 0 for the root, as the specification says
  void dots(int self, int parent) {
    shortEntry(".          ".getBytes(StandardCharsets.US_ASCII), FOLDER, self, 0);
    shortEntry("..         ".getBytes(StandardCharsets.US_ASCII), FOLDER, parent, 0);
  }

  void named(String name, String shortName, byte attributes, int cluster, long size) {
    byte[] padded = ShortNames.padded(shortName);
    if (!LongName.isShort(name)) longEntries(name, ShortNames.checksum(padded));
    shortEntry(padded, attributes, cluster, size);
  }

  private void longEntries(String name, byte checksum) {
    int count = LongName.entries(name) - 1;
    for (int ordinal = count; ordinal > 0; ordinal--) {
      int start = entries.position();
      entries.put((byte) (ordinal == count ? ordinal | LAST_LONG_ENTRY : ordinal));
      entries.put(start + 11, LONG_NAME).put(start + 13, checksum);
      for (int i = 0; i < UNIT_OFFSETS.length; i++) {
        int unit = (ordinal - 1) * UNIT_OFFSETS.length + i;
        entries.putChar(start + UNIT_OFFSETS[i], unitAt(name, unit));
      }
      entries.position(start + ENTRY);
    }
  }

  private static char unitAt(String name, int unit) {
    if (unit < name.length()) return name.charAt(unit);
    return unit == name.length() ? '\0' : '\uFFFF';
  }

  private void shortEntry(byte[] padded, byte attributes, int cluster, long size) {
    entries.put(padded).put(attributes).put((byte) 0).put((byte) 0);
    entries.putShort(time.time()).putShort(time.date()).putShort(time.date());
    entries.putShort((short) (cluster >>> 16)).putShort(time.time()).putShort(time.date());
    entries.putShort((short) cluster).putInt((int) size);
  }
}
