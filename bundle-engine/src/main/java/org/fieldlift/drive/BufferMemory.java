package org.fieldlift.drive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// The memory that the buffers of all lanes share. The more lanes run at once, the smaller are
/// their buffers; where not even the smallest find room, a lane waits until another has ended.
final class BufferMemory {
  /// Buffers of a lane: enough that it fills and hashes while the device works.
  static final int BUFFERS = 4;

  /// Largest buffer in bytes; what flash likes to get at once.
  static final int LARGEST = 4 << 20;

  /// Smallest buffer in bytes; below it most drives become slow.
  static final int SMALLEST = 256 << 10;

  private static final long LOOK_MILLIS = 100;

  /// Three quarters of what Java gives to buffers, unless told otherwise: as much as its heap may
  /// have. The rest is for those that come and go.
  static final BufferMemory SHARED = new BufferMemory(Runtime.getRuntime().maxMemory() / 4 * 3);

  private final long bytes;
  private final Semaphore free;

  /// @param bytes for all lanes together; one lane finds room in any case
  BufferMemory(long bytes) {
    this.bytes = bytes;
    long units = Math.clamp(bytes / SMALLEST, BUFFERS, Integer.MAX_VALUE);
    this.free = new Semaphore((int) units, true);
  }

  /// How large the buffers of each of so many lanes may be: a power of two, in bytes.
  int sizeAmong(int lanes) {
    int size = LARGEST;
    while (size > SMALLEST && (long) size * BUFFERS * lanes > bytes) size /= 2;
    return size;
  }

  /// The memory of one lane's buffers.
  final class Share {
    private final int size;
    private final AtomicBoolean isTaken = new AtomicBoolean(true);

    private Share(int size) {
      this.size = size;
    }

    /// Bytes of one of the [#BUFFERS] buffers.
    int size() {
      return size;
    }

    /// Says that nobody uses the buffers any more; a second call changes nothing.
    void giveBack() {
      if (isTaken.getAndSet(false)) free.release(units(size));
    }
  }

  /// Waits until there is room for one lane.
  ///
  /// @param lanes that run at once
  /// @param lane hears that it has to wait
  Share take(int lanes, Progress lane, Cancellation cancellation) throws IOException {
    int size = sizeAmong(lanes);
    try {
      while (!free.tryAcquire(units(size), LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        lane.step("Waiting until another drive is done");
        cancellation.check();
      }
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    return new Share(size);
  }

  private static int units(int size) {
    return size / SMALLEST * BUFFERS;
  }
}
