package org.fieldlift.drive;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.fieldlift.io.Problem;

/// The drives this process has open for writing.
///
/// The system's locks alone do not do: a POSIX record lock is lost as soon as *any* channel of the
/// same process to the same file is closed. So a held drive is not even looked into.
final class HeldDrives {
  private static final ConcurrentHashMap<Object, Hold> HELD = new ConcurrentHashMap<>();

  private HeldDrives() {}

  /// A drive that nobody else in this process writes.
  static final class Hold {
    private final Object key;

    private Hold(Object key) {
      this.key = key;
    }

    /// Lets go of the drive; a second call changes nothing.
    void release() {
      HELD.remove(key, this);
    }
  }

  static boolean isHeld(Object key) {
    return HELD.containsKey(key);
  }

  /// @param key the same for every path to one drive
  static Hold hold(Object key, Path drive) throws Problem {
    Hold hold = new Hold(key);
    if (HELD.putIfAbsent(key, hold) != null) throw taken(drive);
    return hold;
  }

  static Problem taken(Path drive) {
    return Problem.drive(
        BlockTargets.shown(drive) + " is being written already.",
        "Wait until that is done, or choose another drive.");
  }
}
