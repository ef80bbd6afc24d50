package org.fieldlift.drive;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fieldlift.io.Problem;

/// The drives this process has open for writing.
///
/// The system's locks alone do not do: a POSIX record lock is lost as soon as *any* channel of the
/// same process to the same file is closed. So a held drive is not even looked into.
final class HeldDrives {
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private HeldDrives() {}

  static boolean isHeld(Object key) {
    return HELD.contains(key);
  }

  /// @param key the same for every path to one drive
  static void hold(Object key, Path drive) throws Problem {
    if (!HELD.add(key)) throw taken(drive);
  }

  static void release(Object key) {
    HELD.remove(key);
  }

  static Problem taken(Path drive) {
    return Problem.drive(
        BlockTargets.shown(drive) + " is being written already.",
        "Wait until that is done, or choose another drive.");
  }
}
