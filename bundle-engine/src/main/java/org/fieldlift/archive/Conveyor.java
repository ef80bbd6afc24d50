package org.fieldlift.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/// Carries blocks from the thread that reads, over all cores that deflate, to the thread that
/// writes, which takes them in the order they were sent. The number of blocks is fixed, and with it
/// the memory: a reader that is too fast waits for an empty one.
final class Conveyor implements AutoCloseable {
  /// What arrives at the writing end.
  sealed interface Load {
    /// Bytes of the current part; to be given back.
    record Bytes(Block block) implements Load {}

    /// The current part is complete.
    ///
    /// @param crc of its plain bytes
    /// @param length of its plain bytes
    record PartEnd(int crc, long length) implements Load {}

    /// Everything was read.
    record Done(List<Entry> entries) implements Load {}
  }

  private final ExecutorService workers;
  private final BlockingQueue<Block> empty;
  private final BlockingQueue<Future<? extends Load>> line = new LinkedBlockingQueue<>();

  Conveyor() {
    int cores = Runtime.getRuntime().availableProcessors();
    workers =
        Executors.newFixedThreadPool(
            cores + 1, Thread.ofPlatform().daemon().name("archive-", 0).factory());
    int blocks = 2 * cores + 4;
    empty = new ArrayBlockingQueue<>(blocks);
    for (int i = 0; i < blocks; i++) empty.add(new Block());
  }

  /// Starts the reading end, which sends blocks and part ends and at last returns all entries.
  void start(Callable<List<Entry>> reader) {
    workers.execute(() -> {
      try {
        line.add(CompletableFuture.completedFuture(new Load.Done(reader.call())));
      } catch (Throwable e) { // whatever it is, the writing end has to hear of it
        line.add(CompletableFuture.failedFuture(e));
      }
    });
  }

  /// An empty block, once there is one.
  Block empty() throws InterruptedException {
    return empty.take();
  }

  /// Sends a filled block on its way.
  void send(Block block) {
    line.add(workers.submit(() -> new Load.Bytes(block.pack())));
  }

  /// Says that the part is complete.
  void send(Load.PartEnd end) {
    line.add(CompletableFuture.completedFuture(end));
  }

  /// The next load in the order of sending.
  ///
  /// @throws IOException what went wrong at the reading end
  Load next() throws IOException {
    try {
      return line.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while packing.");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException problem -> throw problem;
        case RuntimeException defect -> throw defect;
        case Error defect -> throw defect;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// Gives a written block back.
  void giveBack(Block block) {
    empty.add(block);
  }

  /// Stops all threads, in the middle of their work if need be.
  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
  }
}
