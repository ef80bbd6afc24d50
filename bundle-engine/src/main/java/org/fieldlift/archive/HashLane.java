package org.fieldlift.archive;

import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// Takes a digest beside the work: bytes are copied to blocks that a thread of its own hashes,
/// which is started only when there is more than one block of them.
final class HashLane implements AutoCloseable {
  private static final int BLOCK = 256 << 10;
  private static final int BLOCKS = 4;

  private record Filled(byte[] bytes, int length) {}

  private final Digest.Hasher hasher = new Digest.Hasher();
  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Filled> waiting = new ArrayBlockingQueue<>(BLOCKS);
  private byte[] block = new byte[BLOCK];
  private int filled;
  private @Nullable Thread worker;

  /// Takes bytes; waits when the hashing is behind.
  void update(byte[] bytes, int offset, int length) throws InterruptedIOException {
    int done = 0;
    while (done < length) {
      if (filled == BLOCK) handOver();
      int count = Math.min(BLOCK - filled, length - done);
      System.arraycopy(bytes, offset + done, block, filled, count);
      filled += count;
      done += count;
    }
  }

  /// The digest of all bytes since the last call.
  Digest digest() throws InterruptedIOException {
    awaitWorker();
    hasher.update(block, 0, filled);
    filled = 0;
    return hasher.digest();
  }

  private void handOver() throws InterruptedIOException {
    if (worker == null) {
      for (int i = 1; i < BLOCKS; i++) free.add(new byte[BLOCK]);
      worker = Thread.ofPlatform().daemon().name("archive-hash").start(this::hash);
    }
    try {
      waiting.put(new Filled(block, filled));
      block = free.take();
      filled = 0;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// All other blocks being free again means that the worker has hashed them.
  private void awaitWorker() throws InterruptedIOException {
    if (worker == null) return;
    try {
      byte[][] all = new byte[BLOCKS - 1][];
      for (int i = 0; i < all.length; i++) all[i] = free.take();
      for (byte[] each : all) free.add(each);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void hash() {
    try {
      while (true) {
        Filled next = waiting.take();
        hasher.update(next.bytes(), 0, next.length());
        free.put(next.bytes());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while hashing.");
  }

  /// Ends the thread.
  @Override
  public void close() {
    if (worker == null) return;
    worker.interrupt();
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }
}
