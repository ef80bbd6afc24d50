package org.fieldlift.fat32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Sector 0 of the drive and the first sectors of its partition: boot sector, free-space counts,
/// and a backup of both.
final class BootSectors {
  static final int BACKUP = 6;
  static final int FREE_SPACE = 1;
  static final int LEAD_SIGNATURE = 0x4161_5252;
  static final int FREE_SPACE_SIGNATURE = 0x6141_7272;
  static final int UNKNOWN = 0xFFFF_FFFF;
  private static final int SECTORS = 9;
  private static final int SIGNATURE = 510;

  /// Logical block addressing, for drives past 8 GB; 0x0B would mean cylinders and heads.
  private static final byte FAT32_LBA = 0x0C;

  private BootSectors() {}

  /// A master boot record with one partition.
  ///
  /// @param signature tells this drive from others; Windows changes one that it has seen already
  static byte[] partitionTable(Geometry geometry, int signature) {
    ByteBuffer sector = littleEndian(512);
    byte[] beyondCylinders = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF};
    sector.putInt(0x1B8, signature);
    sector.position(0x1BE);
    sector.put((byte) 0).put(beyondCylinders).put(FAT32_LBA).put(beyondCylinders);
    sector.putInt((int) geometry.firstSector()).putInt((int) geometry.sectors());
    sign(sector, 0);
    return sector.array();
  }

  /// @param free clusters
  /// @param next the first cluster of the free room after the last file, or [#UNKNOWN]
  static byte[] reserved(Geometry geometry, Label label, int volumeId, int free, int next) {
    int size = geometry.sectorSize();
    ByteBuffer sectors = littleEndian(SECTORS * size);
    for (int copy : new int[] {0, BACKUP}) {
      boot(sectors.position(copy * size), geometry, label, volumeId);
      freeSpace(sectors, (copy + FREE_SPACE) * size, free, next);
      for (int i = 0; i < 3; i++) sign(sectors, (copy + i) * size);
    }
    return sectors.array();
  }

  private static void boot(ByteBuffer sector, Geometry geometry, Label label, int volumeId) {
    sector.put(new byte[] {(byte) 0xEB, 0x58, (byte) 0x90}).put(ascii("MSWIN4.1"));
    sector.putShort((short) geometry.sectorSize());
    sector.put((byte) (geometry.clusterSize() / geometry.sectorSize()));
    sector.putShort((short) geometry.reservedSectors());
    sector.put((byte) 2).putShort((short) 0).putShort((short) 0).put((byte) 0xF8);
    sector.putShort((short) 0).putShort((short) 63).putShort((short) 255);
    sector.putInt((int) geometry.firstSector()).putInt((int) geometry.sectors());
    sector.putInt((int) geometry.tableSectors()).putShort((short) 0).putShort((short) 0);
    sector.putInt(Geometry.FIRST_CLUSTER).putShort((short) FREE_SPACE).putShort((short) BACKUP);
    sector.put(new byte[12]).put((byte) 0x80).put((byte) 0).put((byte) 0x29);
    sector.putInt(volumeId).put(label.padded()).put(ascii("FAT32   "));
  }

  private static void freeSpace(ByteBuffer sectors, int start, int free, int next) {
    sectors.putInt(start, LEAD_SIGNATURE).putInt(start + 484, FREE_SPACE_SIGNATURE);
    sectors.putInt(start + 488, free).putInt(start + 492, next);
  }

  private static void sign(ByteBuffer sectors, int start) {
    sectors.put(start + SIGNATURE, (byte) 0x55).put(start + SIGNATURE + 1, (byte) 0xAA);
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
