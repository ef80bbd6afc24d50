package org.fieldlift.drive;

import java.io.IOException;
import java.nio.file.Path;

/// Opens drives for writing, after every safety rule has been asked.
public final class BlockTargets {
  private BlockTargets() {}

  /// Makes a virtual drive: a sparse regular file. Refuses anything that exists, unless it is a
  /// virtual drive of the same size.
  ///
  /// @param sectorSize 512 or 4096
  public static void createVirtual(Path file, long size, int sectorSize) throws IOException {
    throw new UnsupportedOperationException("create " + file + size + sectorSize);
  }

  /// Opens a virtual drive (regular file) or a Linux block device (`/dev/…`) exclusively.
  ///
  /// @throws org.fieldlift.io.Problem of kind DRIVE: a mounted or system disk, a partition, a disk
  ///   in use, read-only media, no permission; each with its reason
  public static BlockTarget open(Path drive) throws IOException {
    throw new UnsupportedOperationException("open " + drive);
  }

  /// What can be known of a drive without opening it for writing.
  public static TargetFacts look(Path drive) throws IOException {
    throw new UnsupportedOperationException("look " + drive);
  }

  /// @param size bytes
  /// @param model for people; "Virtual drive" for files
  /// @param refusal why it can never be written, in one sentence; empty when it can
  public record TargetFacts(
      Path path, boolean isVirtual, long size, int sectorSize, String model, String refusal) {}
}
