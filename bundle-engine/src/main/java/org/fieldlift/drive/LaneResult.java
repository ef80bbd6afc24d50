package org.fieldlift.drive;

import java.time.Duration;

/// How a lane ended.
public sealed interface LaneResult {
  /// Every byte was written, read back and found right, and the drive is valid.
  ///
  /// @param bytes bytes written and read back
  record Verified(long bytes, Duration writing, Duration checking) implements LaneResult {}

  /// The drive could not be finished; it is blank.
  ///
  /// @param what what happened, to what, where on the drive
  /// @param next what to do now
  record Failed(Fault fault, String what, String next) implements LaneResult {}

  /// A person stopped it; the drive is blank.
  record Cancelled() implements LaneResult {}

  /// The sort of fault, for machines.
  enum Fault {
    REMOVED,
    READ_ONLY,
    WRITE_ERROR,
    READ_ERROR,
    DIFFERENT_DATA,
    TOO_SMALL,
    STALLED,
    SOURCE
  }
}
