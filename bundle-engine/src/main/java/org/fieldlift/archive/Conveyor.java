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
import org.fieldlift.io.Digest;

/// Carries blocks from the thread that reads, over all cores that deflate, to the thread that
/// writes, which takes them in the order they were sent. Beside it two threads hash: one what was
/// read, one what is written. The number of blocks is fixed, and with it the memory: a reader that
/// is too fast waits for an empty one.
final class Conveyor implements AutoCloseable {
  /// What arrives at the writing end.
  sealed interface Load {
    /// Bytes of the current part; to be given back.
    record Bytes(Block block) implements Load {}

    /// A whole part that was made before.
    record Whole(EarlierParts.Made part) implements Load {}

    /// The current part is complete.
    ///
    /// @param crc of its plain bytes
    /// @param length of its plain bytes
    record PartEnd(int crc, long length) implements Load {}

    /// Everything was read.
    record Done(List<Entry> entries) implements Load {}
  }

  /// Who has a block at the same time: those who hash what was read and what is written, the
  /// writer.
  private static final int USERS = 3;

  /// What is done with a block.
  @FunctionalInterface
  interface Step {
    void on(Block block) throws IOException;
  }

  private final ExecutorService workers;
  private final ExecutorService asRead = oneThread("archive-read-hash");
  private final ExecutorService asWritten = oneThread("archive-part-hash");
  private final BlockingQueue<Block> given;
  private int unmade;
  private final BlockingQueue<Future<? extends Load>> line = new LinkedBlockingQueue<>();

  Conveyor() {
    int cores = Runtime.getRuntime().availableProcessors();
    workers =
        Executors.newFixedThreadPool(
            cores + 1, Thread.ofPlatform().daemon().name("archive-", 0).factory());
    unmade = 2 * cores + 4;
    given = new ArrayBlockingQueue<>(unmade);
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

  /// An empty block, once there is one. For the reading thread only.
  Block empty() throws InterruptedException {
    Block block = given.poll();
    if (block != null) return block;
    if (unmade == 0) return given.take();
    unmade--;
    return new Block();
  }

  /// Sends a filled block on its way.
  ///
  /// @param beside what else is done with it, on one thread, one block after the other
  void send(Block block, Step beside) {
    block.handOut(USERS);
    line.add(workers.submit(() -> new Load.Bytes(block.pack())));
    run(asRead, block, beside);
  }

  /// Sends what is no block.
  void send(Load load) {
    line.add(CompletableFuture.completedFuture(load));
  }

  /// Waits until all that is done beside was done with all blocks. For the reading thread only.
  void awaitBeside() throws IOException {
    await(asRead.submit(() -> {}));
  }

  /// Has a packed block hashed, one after the other, while it is being written.
  void hash(Block block, Digest.Hasher hasher) {
    run(asWritten, block, packed -> hasher.update(packed.packed()));
  }

  /// Has other bytes hashed in the same order.
  void hash(byte[] bytes, Digest.Hasher hasher) {
    asWritten.execute(() -> hasher.update(bytes, 0, bytes.length));
  }

  /// The digest of all that was to be hashed since the last call.
  Digest digest(Digest.Hasher hasher) throws IOException {
    return await(asWritten.submit(hasher::digest));
  }

  /// The next load in the order of sending.
  ///
  /// @throws IOException what went wrong at the reading end
  Load next() throws IOException {
    try {
      return await(line.take());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Says that one of those who have a block needs it no longer.
  void giveBack(Block block) {
    if (block.isDone()) given.add(block);
  }

  /// Stops all threads, in the middle of their work if need be.
  @Override
  public void close() {
    for (ExecutorService each : List.of(workers, asRead, asWritten)) each.shutdownNow();
    for (ExecutorService each : List.of(workers, asRead, asWritten)) each.close();
  }

  private void run(ExecutorService thread, Block block, Step step) {
    thread.execute(() -> {
      try {
        step.on(block);
        giveBack(block);
      } catch (Throwable e) { // whatever it is, the writing end has to hear of it
        line.add(CompletableFuture.failedFuture(e));
        thread.shutdown(); // so that no digest is told that lacks this block
      }
    });
  }

  private static ExecutorService oneThread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  private static <T> T await(Future<? extends T> work) throws IOException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException problem -> throw problem;
        case RuntimeException defect -> throw defect;
        case Error defect -> throw defect;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while packing.");
  }
}
