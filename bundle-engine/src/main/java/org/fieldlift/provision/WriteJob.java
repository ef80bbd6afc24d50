package org.fieldlift.provision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.drive.Lane;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Layout.LaidOut;
import org.jspecify.annotations.Nullable;

/// Writes the drives of a plan, one lane each, all at once. A lane that fails or is stopped leaves
/// the others alone, whatever it was that failed.
public final class WriteJob {
  /// Hears how each lane ended, on the lane's own thread, before [#await] returns.
  @FunctionalInterface
  public interface Outcome {
    void ended(LaidOut drive, LaneResult result);
  }

  private final List<Running> lanes = new ArrayList<>();
  private final CountDownLatch open;

  private WriteJob(int lanes) {
    this.open = new CountDownLatch(lanes);
  }

  /// One lane while it runs and after.
  public static final class Running {
    private final LaidOut drive;
    private final Progress progress;
    private final Cancellation cancellation;
    private volatile @Nullable LaneResult result;

    private Running(LaidOut drive, Progress progress, Cancellation all) {
      this.drive = drive;
      this.progress = progress;
      this.cancellation = all.child();
    }

    public LaidOut drive() {
      return drive;
    }

    /// Two parts: bytes written, bytes read back.
    public Progress progress() {
      return progress;
    }

    /// How it ended; null while it runs.
    public @Nullable LaneResult result() {
      return result;
    }

    /// Stops this lane; the drive will be blank.
    public void stop() {
      cancellation.cancel();
    }
  }

  /// Starts every lane.
  ///
  /// @param all stops every lane when cancelled
  public static WriteJob start(
      List<LaidOut> drives, Progress progress, Cancellation all, Outcome outcome) {
    WriteJob job = new WriteJob(drives.size());
    for (LaidOut drive : drives) {
      job.lanes.add(new Running(drive, progress.part(drive.drive().code()), all));
    }
    for (Running lane : job.lanes) {
      try {
        Thread.ofPlatform()
            .name("lane " + lane.drive.drive().code())
            .daemon()
            .start(() -> job.end(lane, job.write(lane), outcome));
      } catch (OutOfMemoryError e) { // no more threads
        job.end(lane, failed(lane, e), outcome);
      }
    }
    return job;
  }

  public List<Running> lanes() {
    return List.copyOf(lanes);
  }

  public boolean isFinished() {
    return open.getCount() == 0;
  }

  /// Waits until every lane has ended and its outcome was heard.
  public void await() throws InterruptedException {
    open.await();
  }

  private void end(Running lane, LaneResult result, Outcome outcome) {
    try {
      outcome.ended(lane.drive, result);
    } finally {
      lane.result = result;
      open.countDown();
    }
  }

  private LaneResult write(Running lane) {
    try (BlockTarget target = BlockTargets.open(lane.drive.drive().target())) {
      return new Lane(target, lane.drive.image(), lane.progress, lane.cancellation, lanes.size())
          .run(lane.drive.drive().lookedAt());
    } catch (IOException e) {
      Problem problem = DiskTrouble.with(lane.drive.drive().target(), e);
      return new LaneResult.Failed(LaneResult.Fault.WRITE_ERROR, problem.what(), problem.next());
    } catch (RuntimeException | Error e) {
      return failed(lane, e);
    }
  }

  /// A defect of ours or a machine at its limits costs one lane, and is told like any other end.
  private static LaneResult failed(Running lane, Throwable defect) {
    String drive = PlainText.of(lane.drive.drive().target().toString());
    return defect instanceof OutOfMemoryError
        ? new LaneResult.Failed(
            LaneResult.Fault.STATION,
            "Drive " + drive + " could not be written: this computer ran out of memory.",
            "Write fewer drives at once.")
        : new LaneResult.Failed(
            LaneResult.Fault.STATION,
            "Drive %s could not be written, by a defect of Fieldlift (%s)."
                .formatted(drive, PlainText.of(defect.toString())),
            "Write this drive again, and report this.");
  }
}
