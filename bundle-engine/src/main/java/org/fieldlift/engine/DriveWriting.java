package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Layout.LaidOut;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.WriteJob;
import org.jspecify.annotations.Nullable;

/// A write job as faces see it: lanes as plain values, looked at whenever somebody likes.
final class DriveWriting implements Writing {
  private final WriteJob job;
  private final AtomicReference<@Nullable Problem> unrecorded;

  private DriveWriting(WriteJob job, AtomicReference<@Nullable Problem> unrecorded) {
    this.job = job;
    this.unrecorded = unrecorded;
  }

  /// Records the plan, then starts every lane.
  static DriveWriting start(
      Plan plan,
      List<LaidOut> drives,
      Deliveries deliveries,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    deliveries.planned();
    AtomicReference<@Nullable Problem> unrecorded = new AtomicReference<>();
    WriteJob job =
        WriteJob.start(
            drives,
            progress,
            cancellation,
            (drive, result) -> {
              try {
                deliveries.ended(drive, result);
              } catch (IOException | RuntimeException | Error e) {
                unrecorded.compareAndSet(null, unrecorded(drive, e));
              }
            });
    return new DriveWriting(job, unrecorded);
  }

  @Override
  public List<LaneState> lanes() {
    return job.lanes().stream().map(DriveWriting::state).toList();
  }

  @Override
  public void stop(int lane) {
    job.lanes().get(lane).stop();
  }

  @Override
  public boolean isFinished() {
    return job.isFinished();
  }

  @Override
  public List<LaneState> await() throws InterruptedException {
    job.await();
    return lanes();
  }

  @Override
  public Optional<Problem> unrecorded() {
    return Optional.ofNullable(unrecorded.get());
  }

  private static Problem unrecorded(LaidOut drive, Throwable cause) {
    String ledger = "The ledger does not know how drive " + drive.drive().code() + " ended. ";
    return cause instanceof Problem problem
        ? new Problem(Problem.Kind.FAILED, ledger + problem.what(), problem.next(), problem)
        : new Problem(
            Problem.Kind.FAILED,
            ledger + PlainText.of(cause.toString()),
            "The drive is as said; check the ledger: fieldlift ledger check",
            cause);
  }

  private static LaneState state(WriteJob.Running lane) {
    List<Progress> parts = lane.progress().parts();
    long written = parts.isEmpty() ? 0 : parts.getFirst().done();
    long checked = parts.size() < 2 ? 0 : parts.get(1).done();
    long total = lane.drive().image().bytes();
    return switch (lane.result()) {
      case null ->
          unfinished(lane, running(written, checked, total), written, checked, step(lane), "", "");
      case LaneResult.Verified done ->
          new LaneState(
              lane.drive().drive().code(),
              target(lane),
              Phase.DONE,
              total,
              total,
              total,
              "",
              "",
              "",
              done.writing(),
              done.checking());
      case LaneResult.Failed failed ->
          unfinished(lane, Phase.FAILED, written, checked, "", failed.what(), failed.next());
      case LaneResult.Cancelled stopped ->
          unfinished(
              lane,
              Phase.STOPPED,
              written,
              checked,
              "",
              stopped.isBlank()
                  ? "Stopped. The drive is blank."
                  : "Stopped. The drive is as it was.",
              "Write it again when you like.");
    };
  }

  private static LaneState unfinished(
      WriteJob.Running lane,
      Phase phase,
      long written,
      long checked,
      String step,
      String message,
      String next) {
    return new LaneState(
        lane.drive().drive().code(),
        target(lane),
        phase,
        lane.drive().image().bytes(),
        written,
        checked,
        step,
        message,
        next,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static Phase running(long written, long checked, long total) {
    if (written == 0) return Phase.WAITING;
    return checked > 0 || written >= total ? Phase.CHECKING : Phase.WRITING;
  }

  private static Path target(WriteJob.Running lane) {
    return lane.drive().drive().target();
  }

  /// What the lane's busiest part says it does.
  private static String step(WriteJob.Running lane) {
    String step = lane.progress().step();
    for (Progress part : lane.progress().parts()) {
      if (!part.step().isEmpty()) step = part.step();
    }
    String concern = lane.progress().concern();
    return concern.isEmpty() ? step : step + " (" + concern + ")";
  }
}
