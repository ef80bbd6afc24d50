package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.fieldlift.drive.LaneResult.Failed;
import org.fieldlift.drive.LaneResult.Fault;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A drive that was replaced between the look at it and its writing keeps every byte.
@Timeout(30)
class LikenessTest {
  private static final int SIZE = 16 * MIB + 512;

  private final MemoryDrive drive = new MemoryDrive(SIZE);

  private static Likeness of(MemoryDrive drive) throws IOException {
    Content bytes = Content.of(drive.bytes(0, SIZE));
    return new Likeness(drive.hardware(), Optional.of(Sample.of(bytes).digest()));
  }

  private static LaneResult run(MemoryDrive drive, Likeness lookedAt) throws IOException {
    TestImage image = TestImage.withPieces(SIZE, MIB);
    return new Lane(drive, image, new Progress("lane"), new Cancellation(), Duration.ofMillis(500))
        .run(lookedAt);
  }

  private static void put(MemoryDrive drive, long offset) {
    drive.put(offset, ByteBuffer.allocate(4096).put(100, (byte) 'x'));
  }

  private static Failed untouched(MemoryDrive drive, Likeness lookedAt) throws IOException {
    byte[] before = drive.bytes(0, SIZE);
    LaneResult result = run(drive, lookedAt);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(drive.diary).noneMatch(line -> line.startsWith("write"));
    assertThat(drive.bytes(0, SIZE)).isEqualTo(before);
    return (Failed) result;
  }

  private static void assertAnother(Failed failed) {
    assertThat(failed.fault()).isEqualTo(Fault.ANOTHER_DRIVE);
    assertThat(failed.what())
        .isEqualTo(
            "FL-7K3QX2 is not the drive that was looked at, or its contents have changed since;"
                + " it stays as it is.");
    assertThat(failed.next()).isEqualTo("List the drives again and look what is on this one.");
  }

  @Test
  void theDriveThatWasLookedAtIsWritten() throws IOException {
    put(drive, 0);
    assertThat(run(drive, of(drive))).isInstanceOf(Verified.class);
  }

  @Test
  void aDriveOfAnotherMakeOrPortStaysAsItIs() throws IOException {
    Likeness other = new Likeness("stick no. 8", of(drive).bytes());
    assertAnother(untouched(drive, other));
    assertAnother(untouched(drive, new Likeness("stick no. 8", Optional.empty())));
  }

  @Test
  void aDriveOfTheSameMakeWithOtherBytesStaysAsItIs() throws IOException {
    for (long place : new long[] {0, 65536, 4 * MIB, SIZE - 512 - 4096}) {
      MemoryDrive blank = new MemoryDrive(SIZE);
      MemoryDrive swapped = new MemoryDrive(SIZE);
      put(swapped, place);
      assertAnother(untouched(swapped, of(blank)));
    }
  }

  @Test
  void aDriveOfAnotherSizeStaysAsItIs() throws IOException {
    MemoryDrive larger = new MemoryDrive(2L * SIZE);
    LaneResult result = run(larger, of(drive));
    assertAnother((Failed) result);
    assertThat(larger.diary).isEmpty();
  }

  @Test
  void aDriveThatCouldNotBeReadAllOverIsKnownByItsHardware() throws IOException {
    assertThat(run(drive, new Likeness(drive.hardware(), Optional.empty())))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aDriveThatCannotBeReadAnyMoreStaysAsItIsAndIsSaidToBeWorn() throws IOException {
    MemoryDrive worn =
        new MemoryDrive(SIZE) {
          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            if (offset < MIB) throw new DeviceError(DeviceError.Kind.IO, "input/output error");
            super.read(offset, into);
          }
        };
    Failed failed = untouched(worn, of(drive));
    assertThat(failed.fault()).isEqualTo(Fault.READ_ERROR);
    assertThat(failed.what())
        .isEqualTo(
            "Drive FL-7K3QX2 cannot be read at byte 0 (what was on it before): input/output"
                + " error.");
  }
}
