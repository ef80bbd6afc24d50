package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Media that misbehave, each in one way, at one place in the middle of what is written.
final class Misbehaving {
  /// Where they do.
  static final int PLACE = 20 << 20;

  private static final long SIZE = 100 << 20;

  /// The capacity test writes no more than this at once.
  private static final int MARK = 4096;

  private Misbehaving() {}

  static Medium healthy(Path file) {
    return new Medium(file, SIZE);
  }

  /// Misbehaves as soon as pieces are written, and only where they are.
  private abstract static class InTheMiddle extends Medium {
    private volatile boolean hasBegun;

    InTheMiddle(Path file) {
      super(file, SIZE);
    }

    final boolean isHitByWrite(long offset, ByteBuffer from) {
      hasBegun |= from.remaining() > MARK;
      return isHit(offset, from);
    }

    final boolean isHit(long offset, ByteBuffer buffer) {
      return hasBegun && offset <= PLACE && PLACE < offset + buffer.remaining();
    }
  }

  /// Has one sector that cannot be written, or read.
  static final class Worn extends InTheMiddle {
    volatile boolean failsWrites;
    volatile boolean failsReads;

    Worn(Path file, boolean failsWrites, boolean failsReads) {
      super(file);
      this.failsWrites = failsWrites;
      this.failsReads = failsReads;
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      if (isHitByWrite(offset, from) && failsWrites) throw new IOException("bad sector");
      super.write(offset, from);
    }

    @Override
    void read(long offset, ByteBuffer into) throws IOException {
      if (failsReads && isHit(offset, into)) throw new IOException("bad sector");
      super.read(offset, into);
    }
  }

  /// Drops one write and says nothing.
  static final class Forgetful extends InTheMiddle {
    Forgetful(Path file) {
      super(file);
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      if (!isHitByWrite(offset, from)) super.write(offset, from);
    }
  }

  /// Drops every write from some time on, and says nothing.
  static final class Stuck extends Medium {
    volatile boolean isStuck;

    Stuck(Path file) {
      super(file, SIZE);
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      if (!isStuck) super.write(offset, from);
    }
  }

  /// Does not answer until the test lets it.
  static final class Silent extends InTheMiddle {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch answer = new CountDownLatch(1);

    Silent(Path file) {
      super(file);
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      if (isHitByWrite(offset, from)) {
        reached.countDown();
        try {
          answer.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      super.write(offset, from);
    }
  }

  /// Is pulled out while it is written.
  static final class Pulled extends InTheMiddle {
    private volatile Runnable pull = () -> {};

    Pulled(Path file) {
      super(file);
    }

    void onceReached(Runnable pull) {
      this.pull = pull;
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      if (isHitByWrite(offset, from)) pull.run();
      super.write(offset, from);
    }
  }

  /// Claims a terabyte.
  static final class False extends Medium {
    private static final long CLAIM = 1_000_000_000_000L / 4096 * 4096;

    private final long room;
    private final boolean beginsAgain;
    volatile long written;

    /// @param beginsAgain whether what is behind the true end lands at the beginning, or nowhere
    False(Path file, long room, boolean beginsAgain) {
      super(file, CLAIM);
      this.room = room;
      this.beginsAgain = beginsAgain;
    }

    @Override
    void write(long offset, ByteBuffer from) throws IOException {
      written += from.remaining();
      if (beginsAgain || offset < room) super.write(offset % room, from);
    }

    @Override
    void read(long offset, ByteBuffer into) throws IOException {
      if (beginsAgain || offset < room) super.read(offset % room, into);
      while (into.hasRemaining()) into.put((byte) 0);
    }
  }
}
