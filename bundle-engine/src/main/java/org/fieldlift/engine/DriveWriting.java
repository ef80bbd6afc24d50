package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Layout.LaidOut;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.WriteJob;
import org.jspecify.annotations.Nullable;

/// A write job as faces see it: lanes as plain values, looked at whenever somebody likes.
final class DriveWriting implements Writing {
  private final WriteJob job;
  private final AtomicReference<@Nullable IOException> unrecorded;

  private DriveWriting(WriteJob job, AtomicReference<@Nullable IOException> unrecorded) {
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
    AtomicReference<@Nullable IOException> unrecorded = new AtomicReference<>();
    WriteJob job =
        WriteJob.start(
            drives,
            progress,
            cancellation,
            (drive, result) -> {
              try {
                deliveries.ended(drive, result);
              } catch (IOException e) {
                unrecorded.compareAndSet(null, e);
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
  public List<LaneState> await() throws InterruptedException, IOException {
    job.await();
    IOException failure = unrecorded.get();
    if (failure != null) throw failure;
    return lanes();
  }

  private static LaneState state(WriteJob.Running lane) {
    List<Progress> parts = lane.progress().parts();
    long written = parts.isEmpty() ? 0 : parts.getFirst().done();
    long checked = parts.size() < 2 ? 0 : parts.get(1).done();
    long total = lane.drive().image().bytes();
    LaneResult result = lane.result();
    Phase phase = phase(result, written, checked, total);
    Duration none = Duration.ZERO;
    String code = lane.drive().drive().code();
    return switch (result) {
      case null ->
          new LaneState(
              code, target(lane), phase, total, written, checked, step(lane), "", "", none, none);
      case LaneResult.Verified done ->
          new LaneState(
              code,
              target(lane),
              phase,
              total,
              total,
              total,
              "",
              "",
              "",
              done.writing(),
              done.checking());
      case LaneResult.Failed failed ->
          new LaneState(
              code,
              target(lane),
              phase,
              total,
              written,
              checked,
              "",
              failed.what(),
              failed.next(),
              none,
              none);
      case LaneResult.Cancelled stopped ->
          new LaneState(
              code,
              target(lane),
              phase,
              total,
              written,
              checked,
              "",
              "Stopped. The drive is blank.",
              "Write it again when you like.",
              none,
              none);
    };
  }

  private static Phase phase(@Nullable LaneResult result, long written, long checked, long total) {
    return switch (result) {
      case null -> {
        if (written == 0) yield Phase.WAITING;
        yield checked > 0 || written >= total ? Phase.CHECKING : Phase.WRITING;
      }
      case LaneResult.Verified done -> Phase.DONE;
      case LaneResult.Failed failed -> Phase.FAILED;
      case LaneResult.Cancelled stopped -> Phase.STOPPED;
    };
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
    return step;
  }
}
