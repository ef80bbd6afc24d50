package org.fieldlift.drive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.jspecify.annotations.Nullable;

/// The one thread that touches a device, and the orders on their way to it and back, in order.
///
/// The lane works (fills, hashes) while the device works. A device that never answers costs its
/// thread, which cannot be stopped inside the system; the lane goes on without it.
final class DeviceQueue implements AutoCloseable {
  static final int ALIGNMENT = 4096;
  private static final int DEPTH = BufferMemory.BUFFERS;
  private static final long LOOK_MILLIS = 100;

  private final BlockTarget target;
  private final Duration patience;
  private final Watch watch;
  private final BlockingQueue<DeviceOrder> ordered = new ArrayBlockingQueue<>(DEPTH + 1);
  private final BlockingQueue<DeviceOrder> finished = new ArrayBlockingQueue<>(DEPTH + 1);
  private final ArrayDeque<DeviceOrder> idle = new ArrayDeque<>();
  private final DeviceOrder end = new DeviceOrder(ByteBuffer.allocate(0));
  private final DeviceOrder look;
  private final BufferMemory.Share memory;
  private final Thread thread;
  private int pending;
  private boolean isStalled;
  private volatile boolean isSkipping;

  /// @param memory given back when the device's thread has ended
  /// @param patience how long one operation may take
  /// @param lane hears of a device that does not answer
  DeviceQueue(
      BlockTarget target,
      BufferMemory.Share memory,
      Duration patience,
      Progress lane,
      Cancellation cancellation) {
    this.target = target;
    this.memory = memory;
    this.patience = patience;
    this.watch = new Watch(patience, lane, cancellation);
    try {
      this.look = new DeviceOrder(aligned(ALIGNMENT));
      for (int i = 0; i < DEPTH; i++) idle.add(new DeviceOrder(aligned(memory.size())));
      this.thread = Thread.ofPlatform().daemon().name("drive " + target.name()).start(this::work);
    } catch (OutOfMemoryError e) {
      memory.giveBack();
      throw e;
    }
  }

  private static ByteBuffer aligned(int size) {
    return ByteBuffer.allocateDirect(size + ALIGNMENT).alignedSlice(ALIGNMENT).limit(size);
  }

  /// The most that one operation carries, in bytes: a power of two.
  int bufferSize() {
    return memory.size();
  }

  /// An order whose buffer is free; waits for the oldest write when all are under way.
  DeviceOrder idle() throws IOException {
    return idle.isEmpty() ? receive() : idle.remove();
  }

  boolean hasIdle() {
    return !idle.isEmpty();
  }

  boolean hasPending() {
    return pending > 0;
  }

  /// Hands an order back after its buffer was used.
  void release(DeviceOrder order) {
    idle.add(order);
  }

  /// Writes the order's buffer from position to limit.
  void write(DeviceOrder order, long offset, String what, @Nullable Progress part) {
    send(order, DeviceOrder.Act.WRITE, offset, what, part);
  }

  /// Reads into the order's buffer up to the length.
  void read(DeviceOrder order, long offset, int length, String what, @Nullable Progress part) {
    order.buffer.clear().limit(length);
    send(order, DeviceOrder.Act.READ, offset, what, part);
  }

  /// Lets the medium keep what was ordered before.
  ///
  /// @param offset of the last of it
  void sync(long offset, String what) throws IOException {
    send(idle(), DeviceOrder.Act.SYNC, offset, what, null);
  }

  private void send(
      DeviceOrder order, DeviceOrder.Act act, long offset, String what, @Nullable Progress part) {
    order.renew(act, offset, what, part);
    ordered.add(order);
    pending++;
  }

  /// The oldest order, done.
  ///
  /// @throws LaneFailure when the device refused it or has not answered for too long
  DeviceOrder receive() throws IOException {
    DeviceOrder order = await();
    @Nullable Throwable failure = order.failure();
    if (failure == null) return order;
    idle.add(order);
    if (failure instanceof IOException e) throw order.words(target.name(), e);
    throw new IllegalStateException("device " + target.name(), failure);
  }

  /// Waits until everything ordered is done.
  void finish() throws IOException {
    while (pending > 0) idle.add(receive());
  }

  /// Forgets what was ordered and is not begun yet; waits for what is.
  ///
  /// @throws LaneFailure when the device does not answer
  void discard() throws IOException {
    isSkipping = true;
    try {
      while (pending > 0) idle.add(await());
      if (isStalled) throw stalled();
    } finally {
      isSkipping = false;
    }
  }

  private DeviceOrder await() throws IOException {
    while (!isStalled) {
      try {
        @Nullable DeviceOrder order = finished.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (order != null) {
          pending--;
          watch.isCalm();
          return order;
        }
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
      isStalled = watch.givesUp();
    }
    throw stalled();
  }

  private LaneFailure stalled() {
    return LaneFailure.stalled(target.name(), watch.silence().toSeconds());
  }

  private void work() {
    try {
      for (DeviceOrder order = ordered.take(); order != end; order = ordered.take()) {
        if (!isSkipping) perform(order);
        finished.add(order);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      memory.giveBack();
    }
  }

  private void perform(DeviceOrder order) {
    do attempt(order);
    while (order.isWorthAnotherTry());
    if (order.failure() == null) return;
    isSkipping = true;
    if (order.failure() instanceof DeviceError error
        && error.kind() == DeviceError.Kind.IO
        && isDead()) {
      order.fail(new DeviceError(DeviceError.Kind.DEAD, "nothing but errors"));
    }
  }

  private void attempt(DeviceOrder order) {
    watch.begins();
    order.attempt(target);
    watch.ends();
  }

  /// A worn device has bad places; one that was pulled out behind a hub, or whose electronics died,
  /// has no good one.
  private boolean isDead() {
    long last = target.size() / ALIGNMENT - 1;
    for (long block : new long[] {0, last / 2, last}) {
      look.renew(DeviceOrder.Act.READ, block * ALIGNMENT, "", null);
      attempt(look);
      if (look.failure() == null) return false;
    }
    return true;
  }

  /// Ends the thread, or abandons it inside a call that never returns.
  @Override
  public void close() {
    boolean wasInterrupted = Thread.interrupted();
    try {
      discard();
      ordered.add(end);
      thread.join(patience);
    } catch (IOException e) {
      ordered.add(end);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) Thread.currentThread().interrupt();
  }
}
