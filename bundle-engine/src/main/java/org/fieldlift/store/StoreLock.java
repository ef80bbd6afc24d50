package org.fieldlift.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The right to change a release store: one holder at a time, in this program (a semaphore) and
/// among programs (a file lock, which the system frees when its holder dies).
///
/// Reading needs no lock: releases appear and vanish by one rename.
final class StoreLock implements AutoCloseable {
  /// How long a change waits for another one to end.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final Map<Path, Semaphore> IN_THIS_PROGRAM = new ConcurrentHashMap<>();

  private final Semaphore here;
  private final FileChannel channel;

  private StoreLock(Semaphore here, FileChannel channel) {
    this.here = here;
    this.channel = channel;
  }

  /// Waits for the lock, but not long.
  ///
  /// @throws Problem when another change is still going on after the patience has run out
  static StoreLock take(StoreFolders folders, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    Path key = folders.root().toRealPath();
    Semaphore here = IN_THIS_PROGRAM.computeIfAbsent(key, path -> new Semaphore(1));
    try {
      if (!here.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) throw busy(folders);
      boolean isOurs = false;
      try {
        StoreLock lock = new StoreLock(here, among(folders, deadline));
        isOurs = true;
        return lock;
      } finally {
        if (!isOurs) here.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(folders);
    }
  }

  private static FileChannel among(StoreFolders folders, long deadline)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      while (lock == null && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
        lock = channel.tryLock();
      }
      if (lock == null) throw busy(folders);
      return channel;
    } finally {
      if (lock == null) channel.close();
    }
  }

  private static Problem busy(StoreFolders folders) {
    return Problem.failed(
        "The release store "
            + PlainText.of(folders.root().toString())
            + " is busy: a fetch, removal or clean-up is under way, here or in another window.",
        "Wait until it has ended, then try again.");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      here.release();
    }
  }
}
