package org.fieldlift.drive;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.drive.DriveImage.Extent;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// The bytes that share one digest: the content of an extent whose digest is known beforehand, so
/// that no byte is hashed twice, or at most 64 MiB of anything else.
///
/// @param offset on the drive; not always aligned, where padding follows content
/// @param expected what the digest must be; null when anything the image says is right
record Chunk(Extent extent, long offset, long length, @Nullable Digest expected) {
  static final long LARGEST_UNKNOWN = 64L << 20;

  long end() {
    return offset + length;
  }

  /// Cuts extents, ascending, into chunks.
  ///
  /// @param size where the drive ends
  static List<Chunk> of(List<Extent> extents, long size) {
    List<Chunk> chunks = new ArrayList<>();
    long previous = 0;
    for (Extent extent : extents) {
      long end = Math.min(size, extent.offset() + extent.length());
      long from = extent.offset();
      if (from < previous || from >= end || from % DeviceQueue.ALIGNMENT != 0) {
        throw new IllegalArgumentException("extent out of order: " + extent);
      }
      if (extent.expected() != null && extent.expectedLength() > 0) {
        if (extent.expectedLength() > end - from) {
          throw new IllegalArgumentException("content longer than its extent: " + extent);
        }
        chunks.add(new Chunk(extent, from, extent.expectedLength(), extent.expected()));
        from += extent.expectedLength();
      }
      for (; from < end; from += LARGEST_UNKNOWN) {
        chunks.add(new Chunk(extent, from, Math.min(LARGEST_UNKNOWN, end - from), null));
      }
      previous = end;
    }
    return chunks;
  }
}
