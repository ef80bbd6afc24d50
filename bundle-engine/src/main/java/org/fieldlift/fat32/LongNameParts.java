package org.fieldlift.fat32;

import static org.fieldlift.fat32.LongName.UNITS_PER_ENTRY;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Gathers the entries of one foreign long name; they come last part first.
final class LongNameParts {
  private static final int MOST_PARTS = 20;
  private static final int ORDINAL = 0x3F;

  private final char[] units = new char[MOST_PARTS * UNITS_PER_ENTRY];
  private int parts;
  private int missing;
  private byte checksum;

  void forget() {
    parts = 0;
  }

  void add(ByteBuffer entry) {
    int ordinal = entry.get(0) & ORDINAL;
    if ((entry.get(0) & DirectoryWriter.LAST_LONG_ENTRY) != 0) {
      parts = ordinal <= MOST_PARTS ? ordinal : 0;
      missing = parts;
      checksum = entry.get(13);
    }
    if (parts == 0 || ordinal == 0 || ordinal != missing || entry.get(13) != checksum) {
      forget();
      return;
    }
    missing--;
    for (int i = 0; i < UNITS_PER_ENTRY; i++) {
      units[missing * UNITS_PER_ENTRY + i] = entry.getChar(DirectoryWriter.UNIT_OFFSETS[i]);
    }
  }

  /// The name, when it is whole and belongs to this short name; forgets it either way.
  @Nullable String take(byte shortChecksum) {
    boolean isWhole = parts > 0 && missing == 0 && checksum == shortChecksum;
    int length = parts * UNITS_PER_ENTRY;
    forget();
    if (!isWhole) return null;
    int end = 0;
    while (end < length && units[end] != 0) end++;
    return new String(units, 0, end);
  }
}
