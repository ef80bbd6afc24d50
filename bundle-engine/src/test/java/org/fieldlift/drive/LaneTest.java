package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.drive.LaneResult.Cancelled;
import org.fieldlift.drive.LaneResult.Failed;
import org.fieldlift.drive.LaneResult.Fault;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LaneTest {
  private static final long SIZE = 16L * MIB;

  private final Progress progress = new Progress("lane");
  private final Cancellation cancellation = new Cancellation();
  private final TestImage image = TestImage.withPieces(SIZE, 3 * MIB + 17, MIB, 5);

  private LaneResult run(BlockTarget target) throws IOException {
    return new Lane(target, image, progress, cancellation, Duration.ofMillis(500)).run();
  }

  @Test
  void aDriveThatWorksHoldsEverythingTheImageSays() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE);
    LaneResult result = run(drive);
    assertThat(result).isInstanceOf(Verified.class);
    assertThat(image.isOn(drive)).isTrue();
    assertThat(((Verified) result).bytes()).isEqualTo(progress.parts().getFirst().done());
  }

  @Test
  void progressAddsUpInTwoParts() throws IOException {
    run(new MemoryDrive(SIZE));
    assertThat(progress.parts()).extracting(Progress::what).containsExactly("write", "check");
    assertThat(progress.parts()).allMatch(part -> part.done() == part.total() && part.done() > 0);
  }

  @Test
  void theFirstOfAllIsABlankSectorZeroThatTheMediumKeeps() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE);
    run(drive);
    assertThat(drive.diary.subList(0, 2)).containsExactly("write 0+4096", "sync");
  }

  @Test
  void sectorZeroIsWrittenLastAfterAllElseWasReadBack() throws IOException {
    List<Boolean> validAtRead = new ArrayList<>();
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            super.read(offset, into);
            validAtRead.add(hasValidSectorZero());
          }
        };
    run(drive);
    assertThat(validAtRead.removeLast()).isTrue();
    assertThat(validAtRead).isNotEmpty().containsOnly(false);
    assertThat(drive.diary.subList(drive.diary.size() - 6, drive.diary.size()))
        .containsExactly(
            "write 524288+4096", "sync", "read 524288+4096", "write 0+4096", "sync", "read 0+4096");
  }

  @Test
  void thousandsOfSmallNeighboursBecomeBigWritesAndGapsAreLeftAlone() throws IOException {
    TestImage small = new TestImage(SIZE);
    for (int i = 0; i < 2048; i++) small.with(4L * MIB + i * 4096L, 4096, "file " + i);
    MemoryDrive drive = new MemoryDrive(SIZE);
    LaneResult result = new Lane(drive, small, progress, cancellation, Duration.ofSeconds(5)).run();
    assertThat(result).isInstanceOf(Verified.class);
    int body = drive.diary.indexOf("write 0+1048576"); // before it, the marks of the capacity test
    assertThat(drive.diary.stream().skip(body).filter(line -> line.startsWith("write")))
        .containsExactly(
            "write 0+1048576",
            "write 4194304+4194304",
            "write 8388608+4194304",
            "write 524288+4096",
            "write 0+4096");
  }

  @Test
  void aDriveThatEndsBetweenTwoBlocksIsWrittenToItsLastByte() throws IOException {
    long odd = SIZE - 512;
    TestImage ragged = new TestImage(odd).with(SIZE - 8192, 8192, "last bytes");
    MemoryDrive drive = new MemoryDrive(odd);
    LaneResult result =
        new Lane(drive, ragged, progress, cancellation, Duration.ofSeconds(5)).run();
    assertThat(result).isInstanceOf(Verified.class);
    assertThat(ragged.isOn(drive)).isTrue();
  }

  @Test
  void aSourceThatIsNotWhatWasPlannedIsNamed() throws IOException {
    DriveImage changed = new Tampered(image, 4L * MIB + 1000);
    MemoryDrive drive = new MemoryDrive(SIZE);
    LaneResult result = new Lane(drive, changed, progress, cancellation).run();
    assertThat(result).isInstanceOf(Failed.class);
    Failed failed = (Failed) result;
    assertThat(failed.fault()).isEqualTo(Fault.SOURCE);
    assertThat(failed.what()).startsWith("Piece 1 of 3 is damaged on this computer");
    assertThat(drive.hasValidSectorZero()).isFalse();
  }

  @Test
  void aSourceThatCannotBeReadIsNamed() throws IOException {
    DriveImage gone =
        new Tampered(image, -1) {
          @Override
          public void read(long offset, ByteBuffer into) throws IOException {
            if (offset >= 4 * MIB) throw new java.nio.file.NoSuchFileException("parts/ab");
            super.read(offset, into);
          }
        };
    LaneResult result = new Lane(new MemoryDrive(SIZE), gone, progress, cancellation).run();
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).what())
        .isEqualTo(
            "Piece 1 of 3 cannot be read on this computer:"
                + " java.nio.file.NoSuchFileException: parts/ab.");
  }

  @Test
  void aWishToStopLeavesABlankDrive() throws IOException {
    MemoryDrive drive =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            if (offset == 4 * MIB) cancellation.cancel();
            super.write(offset, from);
          }
        };
    drive.put(0, sector());
    assertThat(run(drive)).isEqualTo(new Cancelled(true));
    assertThat(drive.hasValidSectorZero()).isFalse();
  }

  @Test
  void anInterruptedThreadStopsTheLaneAndStaysInterrupted() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE);
    Thread.currentThread().interrupt();
    assertThat(run(drive)).isEqualTo(new Cancelled(false));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(drive.hasValidSectorZero()).isFalse();
  }

  @Test
  void noThreadOutlivesTheCall() throws IOException {
    run(
        new MemoryDrive(SIZE) {
          @Override
          public String name() {
            return "FL-LASTLY";
          }
        });
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("drive FL-LASTLY") && thread.isAlive());
  }

  @Test
  void aFinishedDriveIsVerifiedWithoutAWrite() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE);
    run(drive);
    drive.diary.clear();
    assertThat(new Lane(drive, image, progress, cancellation).verify())
        .isInstanceOf(Verified.class);
    assertThat(drive.diary).isNotEmpty().allMatch(line -> line.startsWith("read"));
  }

  @Test
  void aFinishedDriveThatWasChangedIsFoundAndLeftAlone() throws IOException {
    MemoryDrive drive = new MemoryDrive(SIZE);
    run(drive);
    drive.put(8L * MIB, sector());
    drive.diary.clear();
    LaneResult result = new Lane(drive, image, progress, cancellation).verify();
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).fault()).isEqualTo(Fault.DIFFERENT_DATA);
    assertThat(drive.diary).noneMatch(line -> line.startsWith("write"));
    assertThat(drive.hasValidSectorZero()).isTrue();
  }

  @Test
  void aBlankDriveIsNotVerified() throws IOException {
    LaneResult result = new Lane(new MemoryDrive(SIZE), image, progress, cancellation).verify();
    assertThat(result).isInstanceOf(Failed.class);
  }

  /// An image with one wrong byte.
  static class Tampered implements DriveImage {
    private final DriveImage image;
    private final long wrong;

    Tampered(DriveImage image, long wrong) {
      this.image = image;
      this.wrong = wrong;
    }

    @Override
    public long size() {
      return image.size();
    }

    @Override
    public List<Extent> body() {
      return image.body();
    }

    @Override
    public List<Extent> seal() {
      return image.seal();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
      int end = into.limit();
      int start = into.position();
      image.read(offset, into);
      long at = start + wrong - offset;
      if (at >= start && at < end) into.put((int) at, (byte) ~into.get((int) at));
    }
  }

  private static ByteBuffer sector() {
    byte[] sector = new byte[4096];
    sector[510] = 0x55;
    sector[511] = (byte) 0xAA;
    return ByteBuffer.wrap(sector);
  }
}
