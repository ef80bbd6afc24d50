package org.fieldlift.drive;

import java.time.Duration;

/// How a lane ended.
public sealed interface LaneResult {
  /// Every byte was written (unless the drive was only checked), read back and found right, and the
  /// drive is valid.
  ///
  /// @param bytes that were read back
  record Verified(long bytes, Duration writing, Duration checking) implements LaneResult {}

  /// The drive could not be finished, or is not what it should be. After writing it is blank,
  /// unless `what` says that it could not be blanked; after a mere check, and when it is another
  /// drive than the one that was looked at, it is as it was found.
  ///
  /// @param what what happened, to what, where on the drive
  /// @param next what to do now
  record Failed(Fault fault, String what, String next) implements LaneResult {}

  /// A person stopped it.
  ///
  /// @param isBlank the drive is blank; otherwise it is as it was, because writing had not begun
  record Cancelled(boolean isBlank) implements LaneResult {}

  /// The sort of fault, for machines.
  enum Fault {
    REMOVED,
    READ_ONLY,
    WRITE_ERROR,
    READ_ERROR,
    DIFFERENT_DATA,
    TOO_SMALL,
    ANOTHER_DRIVE,
    FALSE_CAPACITY,
    STALLED,
    SOURCE,
    /// This computer or this program is at fault, not the drive.
    STATION
  }
}
