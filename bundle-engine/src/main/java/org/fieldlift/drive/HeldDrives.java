package org.fieldlift.drive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.fieldlift.io.Problem;

/// The drives this process has open for writing.
///
/// The system's locks alone do not do: a POSIX record lock is lost as soon as *any* channel of the
/// same process to the same file is closed. So a held drive is not even looked into, and it is held
/// only when nobody looks.
final class HeldDrives {
  private static final ConcurrentHashMap<Object, Hold> HELD = new ConcurrentHashMap<>();

  /// Drive → those who look into it now.
  private static final ConcurrentHashMap<Object, ReadWriteLock> LOOKS = new ConcurrentHashMap<>();

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
    Lock nobodyLooks = looks(key).writeLock();
    nobodyLooks.lock();
    try {
      if (HELD.putIfAbsent(key, hold) != null) throw taken(drive);
    } finally {
      nobodyLooks.unlock();
    }
    return hold;
  }

  /// Opens, reads and closes a drive.
  @FunctionalInterface
  interface Look<T> {
    T into() throws IOException;
  }

  /// Looks into a drive that nobody in this process writes; whoever wants to waits.
  static <T> T look(Object key, Path drive, Look<T> look) throws IOException {
    Lock looking = looks(key).readLock();
    looking.lock();
    try {
      if (isHeld(key)) throw taken(drive);
      return look.into();
    } finally {
      looking.unlock();
    }
  }

  private static ReadWriteLock looks(Object key) {
    return LOOKS.computeIfAbsent(key, _ -> new ReentrantReadWriteLock());
  }

  static Problem taken(Path drive) {
    return Problem.drive(
        BlockTargets.shown(drive) + " is being written already.",
        "Wait until that is done, or choose another drive.");
  }
}
