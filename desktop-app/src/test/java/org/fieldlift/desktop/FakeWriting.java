package org.fieldlift.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.io.Problem;

/// Lanes as a test sets them; they end when the test says so.
public final class FakeWriting implements Writing {
  private final List<LaneState> lanes;
  public final List<Integer> stopped = new ArrayList<>();
  public Optional<Problem> unrecorded = Optional.empty();
  private boolean finished;

  FakeWriting(List<LaneState> lanes) {
    this.lanes = new ArrayList<>(lanes);
  }

  public synchronized void set(int lane, LaneState state) {
    lanes.set(lane, state);
  }

  /// Ends the job; [#await] returns.
  public synchronized void finish() {
    finished = true;
    notifyAll();
  }

  @Override
  public synchronized List<LaneState> lanes() {
    return List.copyOf(lanes);
  }

  @Override
  public synchronized void stop(int lane) {
    stopped.add(lane);
    LaneState old = lanes.get(lane);
    lanes.set(
        lane,
        FakeDrives.lane(
            old.code(),
            old.target(),
            Phase.STOPPED,
            old.total(),
            old.written(),
            old.checked(),
            ""));
  }

  @Override
  public synchronized boolean isFinished() {
    return finished;
  }

  @Override
  public synchronized List<LaneState> await() throws InterruptedException {
    while (!finished) wait();
    return lanes();
  }

  @Override
  public Optional<Problem> unrecorded() {
    return unrecorded;
  }
}
