package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.fieldlift.io.Problem;

/// A whole drive with one FAT32 volume, as a pure function from offset to bytes. Nothing is stored:
/// tables and folders are worked out on demand, file bytes come from their contents.
public final class Volume {
  private Volume() {}

  /// Lays out files: each contiguous, in the order given, from the first cluster after the folders.
  ///
  /// @param label at most 11 characters, legal for FAT
  /// @param time of every file; one time, so that the same input yields the same bytes
  /// @throws Problem of kind USAGE for names FAT cannot hold or that collide, FAILED when the files
  ///   do not fit
  public static Volume of(
      Geometry geometry, String label, int volumeId, Instant time, List<VolumeFile> files)
      throws Problem {
    throw new UnsupportedOperationException("" + geometry + label + volumeId + time + files);
  }

  /// Clusters that these files and their folders take on a volume of this geometry.
  ///
  /// @param sizes path → length in bytes
  public static long clustersFor(Geometry geometry, java.util.Map<String, Long> sizes) {
    throw new UnsupportedOperationException("" + geometry + sizes);
  }

  public Geometry geometry() {
    throw new UnsupportedOperationException();
  }

  /// Fills the buffer from any offset of the drive, MBR included; zeros where nothing lies.
  public void read(long offset, ByteBuffer into) throws IOException {
    throw new UnsupportedOperationException();
  }

  /// The stretches that must be written for the drive to be right, ascending, each aligned to 4096
  /// bytes and a multiple of 4096 bytes long: the zeroed first MiB, tables, folders, files, the
  /// zeroed last MiB. [Kind#SEAL] stretches are the boot sectors and, last in the list, sector 0.
  public List<Stretch> stretches() {
    throw new UnsupportedOperationException();
  }

  /// What a stretch holds.
  public enum Kind {
    BLANK,
    TABLE,
    FOLDER,
    FILE,
    SEAL
  }

  /// @param path of the file or folder; empty otherwise
  /// @param contentLength bytes of it that are content, the rest is padding
  public record Stretch(Kind kind, long offset, long length, String path, long contentLength) {}
}
