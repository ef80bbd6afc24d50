package org.fieldlift.drive;

import java.io.IOException;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Writes one drive from its first to its last byte, reads everything back past the cache, and only
/// then makes it valid. Lanes are independent: one that fails leaves the others alone.
public final class Lane {
  /// @param progress gets two parts, "write" and "check", in bytes
  public Lane(BlockTarget target, DriveImage image, Progress progress, Cancellation cancellation) {
    throw new UnsupportedOperationException("" + target + image + progress + cancellation);
  }

  /// Blocks until the drive is done, has failed, or the work was cancelled. Whatever happens, the
  /// drive is complete or has no valid sector 0.
  public LaneResult run() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Reads a finished drive and compares it with what it should hold, without writing.
  public LaneResult verify() throws IOException {
    throw new UnsupportedOperationException();
  }
}
