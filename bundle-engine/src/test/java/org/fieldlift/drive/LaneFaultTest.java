package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fieldlift.drive.LaneResult.Failed;
import org.fieldlift.drive.LaneResult.Fault;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What goes wrong with drives, and what people are told.
@Timeout(30)
class LaneFaultTest {
  private static final long SIZE = 16L * MIB;

  private final Progress progress = new Progress("lane");
  private final Cancellation cancellation = new Cancellation();
  private final TestImage image = TestImage.withPieces(SIZE, 3 * MIB + 17, MIB, 5);

  private LaneResult run(BlockTarget target) throws IOException {
    return new Lane(target, image, progress, cancellation, Duration.ofMillis(500)).run();
  }

  private Failed failed(MemoryDrive drive) throws IOException {
    LaneResult result = run(drive);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(drive.hasValidSectorZero()).isFalse();
    return (Failed) result;
  }

  @Test
  void aDamagedByteIsNamedExactly() throws IOException {
    Failed failed = failed(damaged(4L * MIB + 1_048_576, 4L * MIB + 1_052_671));
    assertThat(failed.fault()).isEqualTo(Fault.DIFFERENT_DATA);
    assertThat(failed.what())
        .isEqualTo("Piece 1 of 3 on drive FL-7K3QX2 is damaged (bytes 1048576–1052671).");
    assertThat(failed.next()).isEqualTo("Write this drive again; the others are fine.");
  }

  @Test
  void bytesThatAreWrongOnceAndRightTheSecondTimeAreRight() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          private boolean hasErred;

          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            super.read(offset, into);
            if (offset >= 4 * MIB && !hasErred) spoil(offset, into, offset, offset);
            hasErred |= offset >= 4 * MIB;
          }
        };
    assertThat(run(drive)).isInstanceOf(Verified.class);
    assertThat(image.isOn(drive)).isTrue();
  }

  @Test
  void damagedPaddingIsDamage() throws IOException {
    Failed failed = failed(damaged(7L * MIB + 18, 7L * MIB + 18));
    assertThat(failed.what()).contains("Piece 1 of 3").contains("(bytes 3145746–3145746)");
  }

  @Test
  void aDriveThatSwallowsWritesIsFound() throws IOException {
    Failed failed =
        failed(
            new MemoryDrive(SIZE) {
              @Override
              public void write(long offset, ByteBuffer from) throws IOException {
                if (offset != 8 * MIB || from.remaining() == 4096) super.write(offset, from);
              }
            });
    assertThat(failed.fault()).isEqualTo(Fault.DIFFERENT_DATA);
  }

  @Test
  void aDriveThatBeginsAgainAtAPowerOfTwoIsFoundBeforeItIsWritten() throws IOException {
    MemoryDrive drive = beginningAgain(4L * MIB);
    Failed failed = failed(drive);
    assertThat(failed.fault()).isEqualTo(Fault.FALSE_CAPACITY);
    assertThat(failed.what())
        .isEqualTo(
            "Drive FL-7K3QX2 claims 16.8 MB, but has room for 4.2 MB at most: its capacity is"
                + " false.");
    assertThat(drive.diary).noneMatch(line -> line.matches("write .*\\+4194304"));
  }

  @Test
  void aDriveThatBeginsAgainAnywhereElseIsFoundBeforeItIsValid() throws IOException {
    Failed failed = failed(beginningAgain(9L * MIB));
    assertThat(failed.fault())
        .isIn(Fault.FALSE_CAPACITY, Fault.DIFFERENT_DATA); // a mark may have met another
  }

  @Test
  void aDriveWithoutItsUpperHalfIsFoundBeforeItIsWritten() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (offset < SIZE / 2) super.write(offset, from);
          }
        };
    Failed failed = failed(drive);
    assertThat(failed.fault()).isEqualTo(Fault.FALSE_CAPACITY);
    assertThat(progress.parts().getFirst().done()).isZero();
  }

  private static MemoryDrive beginningAgain(long room) {
    return new MemoryDrive(SIZE) {
      @Override
      public void write(long offset, ByteBuffer from) throws IOException {
        super.write(offset % room, from);
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        super.read(offset % room, into);
      }
    };
  }

  @Test
  void aDriveThatKeepsNothingKeepsItsOldContentsAndIsCalledSo() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) {}
        };
    byte[] old = new byte[4096];
    old[510] = 0x55;
    old[511] = (byte) 0xAA;
    drive.put(0, ByteBuffer.wrap(old));
    LaneResult result = run(drive);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).fault()).isEqualTo(Fault.READ_ONLY);
    assertThat(((Failed) result).what())
        .isEqualTo(
            "Drive FL-7K3QX2 does not keep what is written to it: its first sector still holds"
                + " other bytes. It could not be blanked and may look like a finished drive.");
  }

  @Test
  void anErrorThatPassesIsTriedAgain() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          private int errors = 2;

          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (offset == 4 * MIB && errors-- > 0) throw io();
            super.write(offset, from);
          }
        };
    assertThat(run(drive)).isInstanceOf(Verified.class);
  }

  @Test
  void aBadBlockIsNamedWithItsPlace() throws IOException {
    Failed onWrite = failed(failingWrite(8L * MIB, io()));
    assertThat(onWrite.fault()).isEqualTo(Fault.WRITE_ERROR);
    assertThat(onWrite.what())
        .isEqualTo(
            "Drive FL-7K3QX2 cannot be written at byte 8388608"
                + " (piece 2 of 3): input/output error.");
    Failed onRead =
        failed(
            new MemoryDrive(SIZE) {
              @Override
              public void read(long offset, ByteBuffer into) throws IOException {
                if (offset == 4 * MIB) throw io();
                super.read(offset, into);
              }
            });
    assertThat(onRead.fault()).isEqualTo(Fault.READ_ERROR);
  }

  @Test
  void everyRefusalOfADeviceHasItsOwnWords() throws IOException {
    assertThat(failed(failingWrite(4L * MIB, error(DeviceError.Kind.REMOVED))).fault())
        .isEqualTo(Fault.REMOVED);
    assertThat(failed(failingWrite(4L * MIB, error(DeviceError.Kind.READ_ONLY))).fault())
        .isEqualTo(Fault.READ_ONLY);
    assertThat(failed(failingWrite(4L * MIB, error(DeviceError.Kind.FULL))).fault())
        .isEqualTo(Fault.TOO_SMALL);
  }

  @Test
  void aDriveThatIsSmallerThanPlannedIsNotTouched() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE - 4096);
    assertThat(failed(drive).fault()).isEqualTo(Fault.TOO_SMALL);
    assertThat(drive.diary).isEmpty();
  }

  @Test
  void aDriveThatNeverAnswersFailsTheLaneAndDoesNotHangIt() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (offset == 4 * MIB) hang(never);
            super.write(offset, from);
          }
        };
    assertThat(failed(drive).fault()).isEqualTo(Fault.STALLED);
    never.countDown();
  }

  @Test
  void aDriveThatCouldNotBeBlankedAfterASealIsNotCalledBlank() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            if (hasValidSectorZero()) throw error(DeviceError.Kind.REMOVED);
            super.read(offset, into);
          }

          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (hasValidSectorZero()) throw error(DeviceError.Kind.REMOVED);
            super.write(offset, from);
          }
        };
    LaneResult result = run(drive);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).fault()).isEqualTo(Fault.REMOVED);
    assertThat(((Failed) result).what())
        .contains("It could not be blanked and may look like a finished drive.");
  }

  @Test
  void aLaneThatIsStoppedDoesNotWaitOutADriveThatDoesNotAnswer() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (offset == 4 * MIB) {
              cancellation.cancel();
              hang(never);
            }
            super.write(offset, from);
          }
        };
    LaneResult result = new Lane(drive, image, progress, cancellation).run();
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).fault()).isEqualTo(Fault.STALLED);
    assertThat(((Failed) result).what())
        .isEqualTo("Drive FL-7K3QX2 has not answered for 5 seconds.");
    assertThat(drive.hasValidSectorZero()).isFalse();
    never.countDown();
  }

  @Test
  void aDriveThatAnswersWithNothingButErrorsIsNotCalledWorn() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          private boolean isDead;

          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            isDead |= offset == 8 * MIB && from.remaining() > 4096;
            if (isDead) throw io();
            super.write(offset, from);
          }

          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            if (isDead) throw io();
            super.read(offset, into);
          }
        };
    Failed failed = failed(drive);
    assertThat(failed.fault()).isEqualTo(Fault.REMOVED);
    assertThat(failed.what())
        .isEqualTo(
            "Drive FL-7K3QX2 answers with nothing but errors since piece 2 of 3: it was pulled out,"
                + " or it is broken.");
  }

  @Test
  void twoLanesAreIndependent() throws Exception {
    MemoryDrive bad = failingWrite(4L * MIB, io());
    MemoryDrive good = new MemoryDrive(SIZE);
    List<LaneResult> results = new ArrayList<>();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              try {
                results.add(new Lane(bad, image, new Progress("bad"), cancellation).run());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(run(good)).isInstanceOf(Verified.class);
    other.join();
    assertThat(results.getFirst()).isInstanceOf(Failed.class);
    assertThat(image.isOn(good)).isTrue();
  }

  @Test
  void aSyncThatFailedOnceIsNotTriedAgain() throws IOException {
    Failed failed =
        failed(
            new MemoryDrive(SIZE) {
              private int syncs;

              @Override
              public void sync() throws IOException {
                if (++syncs == 2) throw io();
              }
            });
    assertThat(failed.fault()).isEqualTo(Fault.WRITE_ERROR);
  }

  /// A drive that reads these bytes wrong.
  private static MemoryDrive damaged(long first, long last) {
    return new MemoryDrive(SIZE) {
      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        super.read(offset, into);
        spoil(offset, into, first, last);
      }
    };
  }

  private MemoryDrive failingWrite(long at, IOException failure) {
    return new MemoryDrive(SIZE) {
      @Override
      public void write(long offset, ByteBuffer from) throws IOException {
        if (offset == at) throw failure;
        super.write(offset, from);
      }
    };
  }

  /// Flips the bytes of a range in a buffer that was just read.
  private static void spoil(long offset, ByteBuffer read, long first, long last) {
    long end = offset + read.position();
    for (long at = Math.max(first, offset); at <= last && at < end; at++) {
      int index = (int) (at - offset);
      read.put(index, (byte) ~read.get(index));
    }
  }

  private static DeviceError io() {
    return new DeviceError(DeviceError.Kind.IO, "input/output error");
  }

  private static DeviceError error(DeviceError.Kind kind) {
    return new DeviceError(kind, "test");
  }

  private static void hang(CountDownLatch never) {
    try {
      assertThat(never.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
