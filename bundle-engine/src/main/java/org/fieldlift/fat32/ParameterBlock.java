package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fieldlift.io.Content;

/// What the boot sector of a foreign FAT32 volume says ("BIOS Parameter Block" of the Microsoft
/// specification). All numbers are unsigned there, so they are wider here.
record ParameterBlock(
    long offset,
    int sectorSize,
    int clusterSize,
    int reservedSectors,
    int tables,
    int activeTable,
    long tableSectors,
    long sectors,
    long rootCluster,
    int freeSpaceSector,
    int volumeId,
    String label) {
  private static final int LENGTH = 512;

  /// Table entries have 28 bits, and the highest numbers mean other things.
  private static final long MOST_CLUSTERS = 0x0FFF_FFF5;

  private static final int FIRST_PARTITION = 0x1BE;
  private static final int PARTITION = 16;
  private static final int PARTITIONS = 4;
  private static final int FAT32 = 0x0B;
  private static final int FAT32_LBA = 0x0C;

  /// The FAT32 volume of a drive: in its first FAT32 partition, or without a partition table.
  static Optional<ParameterBlock> find(Content drive) throws IOException {
    Optional<ParameterBlock> whole = at(drive, 0);
    if (whole.isPresent() || drive.size() < LENGTH) return whole;
    ByteBuffer table = sector(drive, 0);
    if (!isSigned(table)) return Optional.empty();
    for (int i = 0; i < PARTITIONS; i++) {
      int entry = FIRST_PARTITION + i * PARTITION;
      int type = table.get(entry + 4);
      if (type != FAT32 && type != FAT32_LBA) continue;
      long first = Integer.toUnsignedLong(table.getInt(entry + 8));
      // The table counts in the drive's sectors without saying how long they are.
      for (int size = 512; size <= 4096; size *= 2) {
        Optional<ParameterBlock> found = at(drive, first * size);
        if (found.isPresent() && found.get().sectorSize == size) return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<ParameterBlock> at(Content drive, long offset) throws IOException {
    if (drive.size() - offset < LENGTH) return Optional.empty();
    ByteBuffer sector = sector(drive, offset);
    int jump = Byte.toUnsignedInt(sector.get(0));
    int sectorSize = Short.toUnsignedInt(sector.getShort(11));
    int perCluster = Byte.toUnsignedInt(sector.get(13));
    int tables = sector.get(16);
    boolean isFat32 =
        isSigned(sector)
            && (jump == 0xEB || jump == 0xE9)
            && Integer.bitCount(sectorSize) == 1
            && sectorSize >= 512
            && sectorSize <= 4096
            && Integer.bitCount(perCluster) == 1
            && sector.getShort(14) != 0
            && (tables == 1 || tables == 2)
            && sector.getShort(17) == 0
            && sector.getShort(22) == 0
            && sector.getInt(36) != 0;
    if (!isFat32) return Optional.empty();
    int flags = sector.getShort(40);
    byte[] label = new byte[11];
    sector.get(71, label);
    return Optional.of(
        new ParameterBlock(
            offset,
            sectorSize,
            perCluster * sectorSize,
            Short.toUnsignedInt(sector.getShort(14)),
            tables,
            (flags & 0x80) == 0 ? 0 : flags & 0x0F,
            Integer.toUnsignedLong(sector.getInt(36)),
            Integer.toUnsignedLong(sector.getInt(32)),
            Integer.toUnsignedLong(sector.getInt(44)),
            Short.toUnsignedInt(sector.getShort(48)),
            sector.getInt(67),
            Label.read(new String(label, StandardCharsets.ISO_8859_1))));
  }

  private static ByteBuffer sector(Content drive, long offset) throws IOException {
    ByteBuffer sector = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    drive.read(offset, sector);
    return sector.flip();
  }

  private static boolean isSigned(ByteBuffer sector) {
    return sector.getShort(510) == (short) 0xAA55;
  }

  /// Refuses numbers that contradict each other or the drive, before anything is computed from
  /// them.
  void check(long driveSize, String drive) throws IOException {
    if (offset + sectors * sectorSize > driveSize) {
      throw Damage.of(drive, "it is larger than the drive, so the drive was cut short or lies");
    }
    boolean isCountable = clusters() > 0 && clusters() <= MOST_CLUSTERS;
    if (activeTable >= tables || !isCountable || !isCluster(rootCluster)) {
      throw Damage.of(drive, "its boot sector makes no sense");
    }
  }

  /// Clusters that lie on the volume and have an entry in the table.
  long clusters() {
    long data = sectors - reservedSectors - tables * tableSectors;
    long entries = tableSectors * sectorSize / Integer.BYTES - Geometry.FIRST_CLUSTER;
    return Math.min(data * sectorSize / clusterSize, entries);
  }

  boolean isCluster(long number) {
    return number >= Geometry.FIRST_CLUSTER && number < clusters() + Geometry.FIRST_CLUSTER;
  }

  long tableOffset() {
    return offset + (reservedSectors + activeTable * tableSectors) * sectorSize;
  }

  long offsetOf(long cluster) {
    long data = (reservedSectors + tables * tableSectors) * sectorSize;
    return offset + data + (cluster - Geometry.FIRST_CLUSTER) * clusterSize;
  }
}
