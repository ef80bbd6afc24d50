package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.fat32.Volume.Kind;
import org.fieldlift.fat32.Volume.Stretch;

/// Writes a volume's stretches into files that take room only for what is not zero.
final class SparseImage {
  private static final byte[] ZEROS = new byte[1 << 20];

  private SparseImage() {}

  /// The whole drive.
  static Path drive(Volume volume, Path file) throws IOException {
    return write(volume, volume.stretches(), file, 0, volume.size());
  }

  /// Only its partition and without the files' bytes, for fsck.fat, which looks at neither.
  static Path partition(Volume volume, Path file) throws IOException {
    Geometry geometry = volume.geometry();
    long start = geometry.partitionOffset();
    List<Stretch> metadata =
        volume.stretches().stream()
            .filter(stretch -> stretch.kind() != Kind.FILE && stretch.offset() >= start)
            .toList();
    return write(volume, metadata, file, start, start + geometry.sectors() * geometry.sectorSize());
  }

  private static Path write(Volume volume, List<Stretch> stretches, Path file, long start, long end)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), end - start - 1);
      ByteBuffer bytes = ByteBuffer.allocate(ZEROS.length);
      for (Stretch stretch : stretches) {
        long stop = Math.min(stretch.end(), end);
        for (long at = stretch.offset(); at < stop; ) {
          int count = (int) Math.min(ZEROS.length, stop - at);
          volume.read(at, bytes.clear().limit(count));
          if (!Arrays.equals(bytes.array(), 0, count, ZEROS, 0, count)) {
            channel.write(bytes.flip(), at - start);
          }
          at += count;
        }
      }
    }
    return file;
  }
}
