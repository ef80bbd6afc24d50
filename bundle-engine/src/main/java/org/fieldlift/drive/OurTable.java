package org.fieldlift.drive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.fieldlift.io.Digest;

/// How a drive of ours begins (`docs/formats.md` 3): one FAT32 partition from 4 MiB on and nothing
/// else, and a label from which the disk signature and the volume id follow. Other programs lay out
/// cards the same way, but with a number of their own.
///
/// @param table the first sector
/// @param boot the first sector of the partition
record OurTable(ByteBuffer table, ByteBuffer boot) {
  /// Where the partition begins, in bytes.
  static final long PARTITION = 4 << 20;

  /// Bytes of either sector that mean anything.
  static final int SECTOR = 512;

  private static final int DISK_SIGNATURE = 0x1B8;
  private static final int ENTRY = 0x1BE;
  private static final int ENTRY_LENGTH = 16;
  private static final int SIGNATURE = 510;
  private static final byte FAT32_LBA = 0x0C;
  private static final int SECTOR_SIZE = 11;
  private static final int VOLUME_ID = 67;
  private static final int LABEL = 71;
  private static final int LABEL_LENGTH = 11;

  OurTable {
    table = table.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    boot = boot.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean isOurs() {
    return hasOnePartition() && isNumberedByItsLabel();
  }

  private boolean hasOnePartition() {
    boolean isAlone = true;
    for (int i = ENTRY + ENTRY_LENGTH; i < SIGNATURE; i++) isAlone &= table.get(i) == 0;
    long first = Integer.toUnsignedLong(table.getInt(ENTRY + 8));
    return table.getShort(SIGNATURE) == (short) 0xAA55
        && table.get(ENTRY) == 0
        && table.get(ENTRY + 4) == FAT32_LBA
        && first * Short.toUnsignedInt(boot.getShort(SECTOR_SIZE)) == PARTITION
        && isAlone;
  }

  private boolean isNumberedByItsLabel() {
    byte[] label = new byte[LABEL_LENGTH];
    boot.get(LABEL, label);
    String text = new String(label, StandardCharsets.ISO_8859_1).stripTrailing();
    byte[] digest = Digest.of(text.getBytes(StandardCharsets.ISO_8859_1)).bytes();
    int number = ByteBuffer.wrap(digest).getInt();
    return boot.getShort(SIGNATURE) == (short) 0xAA55
        && boot.getInt(VOLUME_ID) == number
        && table.getInt(DISK_SIGNATURE) == number;
  }
}
