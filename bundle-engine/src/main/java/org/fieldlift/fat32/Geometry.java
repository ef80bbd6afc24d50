package org.fieldlift.fat32;

import org.fieldlift.io.Problem;

/// Where everything of a FAT32 volume lies on a drive of a given size: one MBR partition from 4 MiB
/// on, data aligned to 4 MiB.
///
/// Sources: Microsoft "FAT: General Overview of On-Disk Format" 1.03; cluster sizes and traps as
/// measured in `docs/formats.md`.
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

  /// The layout for a drive.
  ///
  /// @throws Problem of kind DRIVE when the drive is too small (below 64 MB) or its sectors are
  ///   neither 512 nor 4096 bytes
  public static Geometry of(long driveSize, int sectorSize) throws Problem {
    throw new UnsupportedOperationException("geometry " + driveSize + sectorSize);
  }

  /// Clusters that a content of this length takes.
  public long clustersFor(long bytes) {
    return (bytes + clusterSize - 1) / clusterSize;
  }
}
