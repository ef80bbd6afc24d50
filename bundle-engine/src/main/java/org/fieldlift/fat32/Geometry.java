package org.fieldlift.fat32;

import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Problem;

/// Where everything of a FAT32 volume lies on a drive of a given size: one MBR partition from 4 MiB
/// on, data aligned to 4 MiB.
///
/// Sources: Microsoft "FAT: General Overview of On-Disk Format" 1.03; cluster sizes as in
/// `docs/formats.md` 3. What lies beyond 2 TiB stays unused, because an MBR counts sectors in 32
/// bits.
///
/// @param driveSize bytes
/// @param sectorSize 512 or 4096 bytes
/// @param firstSector of the partition
/// @param sectors of the partition
/// @param reservedSectors before the first table
/// @param tableSectors of one of the two tables
/// @param clusterSize bytes
/// @param clusters of the data area
public record Geometry(
    long driveSize,
    int sectorSize,
    long firstSector,
    long sectors,
    int reservedSectors,
    long tableSectors,
    int clusterSize,
    long clusters) {

  /// What every stretch of a drive is aligned to, in bytes; also the least room a file takes.
  static final int BLOCK = 4096;

  /// Sectors of the reserved area that mean anything; the rest of it is padding.
  static final int BOOT_SECTORS = 32;

  /// The first cluster of the data area has number 2: the first two table entries are flags.
  static final int FIRST_CLUSTER = 2;

  private static final long ALIGNMENT = 4 << 20;
  private static final long SMALLEST_DRIVE = 64_000_000;
  private static final long LARGE_DRIVE = 8_000_000_000L;
  private static final long LARGEST_VOLUME = 0xFFFF_FFFFL * 512;

  /// Drivers tell FAT32 from FAT16 by the number of clusters alone: 65 525, and a few to spare.
  private static final long FEWEST_CLUSTERS = 65_536;

  /// The layout for a drive.
  ///
  /// @throws Problem of kind DRIVE when the drive is too small (below 64 MB) or its sectors are
  ///   neither 512 nor 4096 bytes
  public static Geometry of(long driveSize, int sectorSize) throws Problem {
    if (sectorSize != 512 && sectorSize != 4096) {
      throw Problem.drive(
          "The drive has sectors of " + sectorSize + " bytes; FAT32 needs 512 or 4096.",
          "Use another drive.");
    }
    if (driveSize >= SMALLEST_DRIVE) {
      int clusterSize = driveSize >= LARGE_DRIVE ? 32 << 10 : 4 << 10;
      for (; clusterSize >= sectorSize; clusterSize /= 2) {
        Geometry geometry = withClusters(driveSize, sectorSize, clusterSize);
        if (geometry.clusters() >= FEWEST_CLUSTERS) return geometry;
      }
    }
    throw Problem.drive(
        "The drive holds "
            + ByteSize.text(driveSize)
            + " in sectors of "
            + sectorSize
            + " bytes; that is too small for FAT32.",
        sectorSize == 512 ? "Use a drive of 64 MB or more." : "Use a drive of 300 MB or more.");
  }

  private static Geometry withClusters(long driveSize, int sectorSize, int clusterSize) {
    long first = ALIGNMENT / sectorSize;
    long end = Math.min(driveSize, LARGEST_VOLUME) / BLOCK * BLOCK / sectorSize;
    Geometry bare = new Geometry(driveSize, sectorSize, first, end - first, 0, 0, clusterSize, 0);
    // A table for all clusters there would be without tables is never too small for those left.
    return bare.withTable(bare.tableSectorsFor(bare.withTable(0).clusters));
  }

  /// The same drive with tables of another size: reserved sectors fill up to the alignment.
  private Geometry withTable(long table) {
    long aligned = ALIGNMENT / sectorSize;
    long lead = firstSector + BOOT_SECTORS + 2 * table;
    long reserved = BOOT_SECTORS + Math.floorMod(-lead, aligned);
    long count = Math.max(0, sectors - reserved - 2 * table) * sectorSize / clusterSize;
    return new Geometry(
        driveSize, sectorSize, firstSector, sectors, (int) reserved, table, clusterSize, count);
  }

  private long tableSectorsFor(long count) {
    return Math.ceilDiv((count + FIRST_CLUSTER) * Integer.BYTES, (long) sectorSize);
  }

  /// Clusters that a content of this length takes. Where clusters are smaller than 4096 bytes it
  /// takes whole 4096 bytes all the same, so that it can be written on its own.
  public long clustersFor(long bytes) {
    int unit = Math.max(clusterSize, BLOCK);
    return Math.ceilDiv(bytes, (long) unit) * (unit / clusterSize);
  }

  /// First byte of the partition.
  long partitionOffset() {
    return firstSector * sectorSize;
  }

  /// First byte of the first table.
  long tableOffset() {
    return partitionOffset() + (long) reservedSectors * sectorSize;
  }

  /// First byte of the data area.
  long dataOffset() {
    return tableOffset() + 2 * tableSectors * sectorSize;
  }

  /// First byte of a cluster.
  long offsetOf(long cluster) {
    return dataOffset() + (cluster - FIRST_CLUSTER) * clusterSize;
  }
}
