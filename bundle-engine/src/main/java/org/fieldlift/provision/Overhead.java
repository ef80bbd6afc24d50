package org.fieldlift.provision;

import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.release.StoredRelease;

/// What a drive holds besides pieces, estimated upwards before the pieces are known.
final class Overhead {
  /// One piece in `drive.json` (as piece and as file), twice over for the envelope's base64.
  private static final long BYTES_PER_PIECE_IN_MANIFEST = 1500;

  /// One line of `SHA256SUMS`.
  private static final long BYTES_PER_SUM = 150;

  /// One long file name in a FAT folder: seven entries of 32 bytes.
  private static final long BYTES_PER_NAME = 7 * 32;

  /// Everything of fixed length: texts, scripts, folders, the envelope's frame.
  private static final long FIXED = 1024L * 192;

  private Overhead() {}

  static long clusters(Geometry geometry, List<StoredRelease> releases, long largestPiece) {
    long pieces = 0;
    long bytes = FIXED;
    long files = 8;
    for (StoredRelease release : releases) {
      long ofRelease =
          release.parts().parts().size() + 2 * (release.parts().size() / largestPiece) + 64;
      pieces += ofRelease;
      bytes += release.signed().json().length + 1024L * 64;
      bytes += ofRelease * BYTES_PER_SUM + contents(release.release().entries());
      files += 8;
    }
    bytes += pieces * (BYTES_PER_PIECE_IN_MANIFEST + BYTES_PER_NAME);
    return geometry.clustersFor(bytes) + files;
  }

  private static long contents(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.type() == Entry.Type.FILE)
        .mapToLong(entry -> 70 + 4L * entry.path().length())
        .sum();
  }
}
