package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Whatever happens, a drive is complete or has no valid sector 0.
class LanePropertyTest {
  private static final long SIZE = 16L * MIB;
  private static final TestImage IMAGE =
      new TestImage(SIZE)
          .with(MIB, 65_536, "file allocation table")
          .withPiece(4L * MIB, 70_017, "piece 1 of 2")
          .withPiece(9L * MIB, 5, "piece 2 of 2");

  enum Mishap {
    IO,
    REMOVED,
    READ_ONLY,
    FULL,
    LOST_WRITE,
    FLIPPED_BIT,
    CANCELLED,
    BROKEN_TARGET
  }

  @Property(tries = 100)
  void aDriveIsCompleteOrBlank(
      @ForAll Mishap mishap,
      @ForAll @IntRange(min = 0, max = 30) int at,
      @ForAll @IntRange(min = 1, max = 4) int times)
      throws IOException {
    Cancellation cancellation = new Cancellation();
    MemoryDrive drive = new UnluckyDrive(mishap, at, times, cancellation);
    drive.put(0, oldSector());
    LaneResult result = null;
    try {
      result =
          new Lane(drive, IMAGE, new Progress("lane"), cancellation, Duration.ofSeconds(10)).run();
    } catch (IllegalStateException e) {
      assertThat(mishap).isEqualTo(Mishap.BROKEN_TARGET);
    }
    if (drive.hasValidSectorZero() && !wasNeverReached(drive)) {
      assertThat(IMAGE.isOn(drive)).isTrue();
    }
    assertThat(result instanceof Verified && !IMAGE.isOn(drive)).isFalse();
  }

  /// A drive that failed on the very first write still holds what it held.
  private static boolean wasNeverReached(MemoryDrive drive) {
    return drive.bytes(0, 4096)[0] == 'o';
  }

  private static ByteBuffer oldSector() {
    byte[] sector = new byte[4096];
    sector[0] = 'o';
    sector[510] = 0x55;
    sector[511] = (byte) 0xAA;
    return ByteBuffer.wrap(sector);
  }

  /// A drive to which something happens at one operation, and at some that follow.
  private static final class UnluckyDrive extends MemoryDrive {
    private final Mishap mishap;
    private final int at;
    private final int times;
    private final Cancellation cancellation;
    private final AtomicInteger count = new AtomicInteger();

    UnluckyDrive(Mishap mishap, int at, int times, Cancellation cancellation) {
      super(SIZE);
      this.mishap = mishap;
      this.at = at;
      this.times = times;
      this.cancellation = cancellation;
    }

    private boolean strikes() throws IOException {
      int now = count.getAndIncrement();
      boolean isGone = mishap == Mishap.REMOVED && now >= at;
      if (!isGone && (now < at || now >= at + times)) return false;
      switch (mishap) {
        case IO -> throw new DeviceError(DeviceError.Kind.IO, "input/output error");
        case REMOVED -> throw new DeviceError(DeviceError.Kind.REMOVED, "gone");
        case READ_ONLY -> throw new DeviceError(DeviceError.Kind.READ_ONLY, "read-only");
        case FULL -> throw new DeviceError(DeviceError.Kind.FULL, "full");
        case BROKEN_TARGET -> throw new IllegalStateException("broken");
        case CANCELLED -> cancellation.cancel();
        case LOST_WRITE, FLIPPED_BIT -> {
          return true;
        }
      }
      return false;
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
      if (!strikes()) {
        super.write(offset, from);
      } else if (mishap == Mishap.FLIPPED_BIT) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        bytes[bytes.length / 2] ^= 8;
        super.write(offset, ByteBuffer.wrap(bytes));
      }
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
      boolean isFlipped = strikes();
      super.read(offset, into);
      if (isFlipped) into.put(0, (byte) (into.get(0) ^ 1));
    }

    @Override
    public void sync() throws IOException {
      strikes();
      super.sync();
    }
  }
}
