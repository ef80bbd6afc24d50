package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// What a drive shall hold: a pure function from offset to bytes, and the stretches that matter.
public interface DriveImage {
  /// Size of the whole drive in bytes.
  long size();

  /// Stretches to write and read back, in ascending order, none overlapping. Each begins at a
  /// multiple of 4096 bytes and is a multiple of 4096 bytes long, but for one that reaches the end
  /// of the drive: that ends with the drive's last sector. What lies between them is left alone,
  /// but for the marks that test the capacity.
  List<Extent> body();

  /// Stretches that make the drive valid, written in this order after the body was read back and
  /// found right. The last one is sector 0.
  List<Extent> seal();

  /// Fills the buffer with what the drive shall hold from this offset on. Safe from any thread.
  void read(long offset, ByteBuffer into) throws IOException;

  /// A stretch of a drive, in bytes.
  ///
  /// @param what for people: "piece 7 of 12", "file allocation table"
  /// @param expected digest of the first `expectedLength` bytes, known before the source is read:
  ///   the source itself is checked on the way; null where the bytes are made up on the spot
  record Extent(
      long offset, long length, String what, @Nullable Digest expected, long expectedLength) {}
}
