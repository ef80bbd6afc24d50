package org.fieldlift.fat32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fieldlift.io.Content;

/// Both copies of the file allocation table, worked out from the chains whenever they are read:
/// each chain is contiguous, so a table of 250 MB costs two numbers a file.
final class AllocationTable implements Content {
  /// Entry 0 repeats the media byte of the boot sector.
  private static final int MEDIA = 0x0FFF_FFF8;

  /// Entry 1: its two highest bits say that the volume was left clean and without errors.
  private static final int CLEAN = 0x0FFF_FFFF;

  private static final int END_OF_CHAIN = 0x0FFF_FFFF;

  private final long tableSize;
  private final int[] first;
  private final int[] last;

  /// @param first cluster of each chain, ascending
  /// @param last cluster of each chain
  AllocationTable(Geometry geometry, int[] first, int[] last) {
    this.tableSize = geometry.tableSectors() * geometry.sectorSize();
    this.first = first;
    this.last = last;
  }

  @Override
  public long size() {
    return 2 * tableSize;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    ByteBuffer bytes = into.slice().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      long within = (offset + bytes.position()) % tableSize;
      int entry = (int) (within / Integer.BYTES);
      int cut = (int) (within % Integer.BYTES);
      if (cut != 0 || bytes.remaining() < Integer.BYTES) {
        ByteBuffer whole = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(entry, entry + 1, whole);
        bytes.put(whole.get(cut));
      } else {
        long room = Math.min(bytes.remaining(), tableSize - within) / Integer.BYTES;
        fill(entry, entry + (int) room, bytes);
      }
    }
    into.position(into.position() + bytes.position());
  }

  private void fill(int from, int to, ByteBuffer into) {
    int entry = from;
    for (; entry < Math.min(to, Geometry.FIRST_CLUSTER); entry++) {
      into.putInt(entry == 0 ? MEDIA : CLEAN);
    }
    for (int chain = chainAtOrAfter(entry); entry < to; chain++) {
      int start = chain < first.length ? Math.clamp(first[chain], entry, to) : to;
      Zeros.fill(into, (long) (start - entry) * Integer.BYTES);
      entry = start;
      if (start == to) return;
      int end = Math.min(last[chain], to);
      for (; entry < end; entry++) into.putInt(entry + 1);
      if (entry < to) {
        into.putInt(END_OF_CHAIN);
        entry++;
      }
    }
  }

  private int chainAtOrAfter(int cluster) {
    int found = Arrays.binarySearch(last, cluster);
    return found >= 0 ? found : -found - 1;
  }
}
