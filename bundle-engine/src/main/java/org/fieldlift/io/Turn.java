package org.fieldlift.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The right to read a small file, change it and put it back, when several programs may want to at
/// once. Without it the later one would put back what it read, and the earlier change would be
/// lost.
///
/// Held by a lock on a file beside it, which the system frees when its holder dies.
public final class Turn implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NAP = Duration.ofMillis(20);

  private final FileChannel channel;

  private Turn(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits for the turn, but not long. The file's folder is made when missing.
  ///
  /// @throws Problem when somebody else does not end
  public static Turn take(Path file) throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel = null;
    boolean isTaken = false;
    try {
      Files.createDirectories(lock.toAbsolutePath().getParent());
      channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isLocked(channel)) {
        if (System.nanoTime() > deadline) throw busy(file);
        Thread.sleep(NAP);
      }
      isTaken = true;
      return new Turn(channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(file);
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    } finally {
      if (channel != null && !isTaken) channel.close();
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException anotherThreadOfOurs) {
      return false;
    }
  }

  private static Problem busy(Path file) {
    return Problem.failed(
        PlainText.of(file.toString()) + " is being changed by another program.",
        "Wait until that has ended, then try again.");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
