package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.drive.LaneResult.Failed;
import org.fieldlift.drive.LaneResult.Fault;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.Likeness;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.VolumeFile;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Layout.LaidOut;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.release.DriveManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happens to a lane, it ends, is told of in words, and leaves the others alone.
@Timeout(60)
class WriteJobTest {
  private static final long SIZE = 64_000_000;

  @TempDir Path folder;

  @Test
  void aLaneThatFailsInWhateverWayIsTold() throws Exception {
    List<LaidOut> drives =
        List.of(
            drive("FL-AAAAAA", () -> {}),
            drive(
                "FL-BBBBBB",
                () -> {
                  throw new OutOfMemoryError("direct buffer memory");
                }),
            drive(
                "FL-CCCCCC",
                () -> {
                  throw new IllegalStateException("a\u001b[31mdefect");
                }));
    List<LaneResult> heard = Collections.synchronizedList(new ArrayList<>());
    WriteJob job =
        WriteJob.start(
            drives, new Progress(""), new Cancellation(), (drive, result) -> heard.add(result));
    job.await();
    List<LaneResult> results = new ArrayList<>();
    for (WriteJob.Running lane : job.lanes()) results.add(lane.result());
    assertThat(heard).containsExactlyInAnyOrderElementsOf(results);
    assertThat(results.getFirst()).isInstanceOf(Verified.class);
    assertThat(results.get(1))
        .isEqualTo(
            new Failed(
                Fault.STATION,
                "Drive "
                    + folder.resolve("FL-BBBBBB")
                    + " could not be written: this computer ran out of memory.",
                "Write fewer drives at once."));
    assertThat(results.get(2))
        .isEqualTo(
            new Failed(
                Fault.STATION,
                "Drive "
                    + folder.resolve("FL-CCCCCC")
                    + " could not be written, by a defect of Fieldlift"
                    + " (java.lang.IllegalStateException: a<U+001B>[31mdefect).",
                "Write this drive again, and report this."));
    assertThat(Files.newInputStream(folder.resolve("FL-BBBBBB")).readNBytes(4096)).containsOnly(0);
  }

  @Test
  void aDriveThatIsGoneIsTold() throws Exception {
    LaidOut drive = drive("FL-AAAAAA", () -> {});
    Files.delete(drive.drive().target());
    WriteJob job =
        WriteJob.start(List.of(drive), new Progress(""), new Cancellation(), (ended, result) -> {});
    job.await();
    assertThat(job.lanes().getFirst().result())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.what()).startsWith("There is no drive at"));
  }

  private LaidOut drive(String code, Runnable reading) throws IOException {
    Path file = folder.resolve(code);
    BlockTargets.createVirtual(file, SIZE, 512);
    Geometry geometry = Geometry.of(SIZE, 512);
    Content content =
        new Content() {
          @Override
          public long size() {
            return 100_000;
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            reading.run();
            into.position(into.limit());
          }
        };
    Volume volume =
        Volume.of(geometry, code, 7, Instant.EPOCH, List.of(new VolumeFile("a", content)));
    PlannedDrive planned =
        new PlannedDrive(
            file,
            SIZE,
            512,
            code,
            code,
            1,
            1,
            new DriveLook.Now.Blank(),
            new Likeness("", Optional.empty()),
            List.of(),
            0,
            0);
    DriveManifest manifest =
        new DriveManifest(
            code,
            code,
            1,
            1,
            "lab",
            Digest.of(new byte[0]),
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return new LaidOut(planned, manifest, new VolumeImage(volume, Map.of()));
  }
}
