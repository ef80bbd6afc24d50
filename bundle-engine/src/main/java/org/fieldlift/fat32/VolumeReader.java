package org.fieldlift.fat32;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree;

/// Reads a FAT32 volume that anybody wrote: ours, Windows', a camera's. Every byte is foreign:
/// chains that loop, sizes that lie and tables that are cut off are errors, never endless work.
public final class VolumeReader implements FileTree {
  private VolumeReader() {}

  /// @param drive the whole drive, with or without a partition table
  /// @throws org.fieldlift.io.Problem of kind DRIVE when there is no FAT32 volume
  public static VolumeReader open(Content drive, String name) throws IOException {
    throw new UnsupportedOperationException("open " + drive + name);
  }

  /// True when sector 0 looks like a drive with a FAT32 volume.
  public static boolean looksLikeVolume(Content drive) throws IOException {
    throw new UnsupportedOperationException("" + drive);
  }

  public String label() {
    throw new UnsupportedOperationException();
  }

  public int volumeId() {
    throw new UnsupportedOperationException();
  }

  /// Bytes in use.
  public long usedBytes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String name() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Child> list(String folder) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Content> file(String path) throws IOException {
    throw new UnsupportedOperationException();
  }
}
