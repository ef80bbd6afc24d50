package org.fieldlift.desktop.lanes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Rate;
import org.fieldlift.provision.Plan;

/// A job that writes drives, from the moment it began until a person puts it aside.
///
/// Nothing is pushed: [#look] is called a few times a second and asks.
public final class LanesModel {
  private record Job(
      Plan plan, Writing writing, Cancellation cancellation, List<Rate> rates, Runnable quiet) {}

  private final Background background;
  private final Words words;
  private final Activities activities;
  private final LongSupplier nanoTime;
  private final List<Runnable> afterwards = new ArrayList<>();

  private Optional<Job> job = Optional.empty();
  private List<LaneState> states = List.of();
  private final ObservableList<LaneLook> lanes = FXCollections.observableArrayList();
  private final ObjectProperty<JobLook> whole = new SimpleObjectProperty<>(JobLook.NOTHING);
  private final BooleanProperty active = new SimpleBooleanProperty();
  private final BooleanProperty running = new SimpleBooleanProperty();
  private final ObjectProperty<String> what = new SimpleObjectProperty<>("");
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());

  /// @param nanoTime [System#nanoTime], or a test's clock
  public LanesModel(
      Background background, Words words, Activities activities, LongSupplier nanoTime) {
    this.background = background;
    this.words = words;
    this.activities = activities;
    this.nanoTime = nanoTime;
  }

  /// Follows a job from now on.
  public void begin(Plan plan, Writing writing, Cancellation cancellation, String what) {
    List<Rate> rates = new ArrayList<>();
    writing.lanes().forEach(_ -> rates.add(new Rate()));
    Runnable quiet = activities.begin(this::sentence);
    job = Optional.of(new Job(plan, writing, cancellation, rates, quiet));
    this.what.set(what);
    trouble.set(Optional.empty());
    lanes.clear();
    active.set(true);
    running.set(true);
    look();
    activities.look();
    background.start(
        () -> {
          writing.await();
          return writing.unrecorded();
        },
        unrecorded -> end(unrecorded.flatMap(problem -> Trouble.of(problem, words))),
        failure -> end(Trouble.of(failure, words)));
  }

  /// Called whenever a job has ended and the ledger knows.
  public void whenEnded(Runnable action) {
    afterwards.add(action);
  }

  private void end(Optional<Trouble> left) {
    look();
    running.set(false);
    trouble.set(left);
    job.ifPresent(ended -> ended.quiet().run());
    afterwards.forEach(Runnable::run);
  }

  /// Looks how far every lane is.
  public void look() {
    if (!running.get()) return;
    job.ifPresent(now -> {
      states = now.writing().lanes();
      long nanos = nanoTime.getAsLong();
      List<Optional<Duration>> lefts = new ArrayList<>();
      for (int index = 0; index < states.size(); index++) {
        LaneState lane = states.get(index);
        Rate rate = now.rates().get(index);
        rate.look(nanos, lane.written() + lane.checked());
        long rest = 2 * lane.total() - lane.written() - lane.checked();
        Optional<Duration> left =
            LaneLook.isRunning(lane.phase()) ? rate.left(rest) : Optional.empty();
        lefts.add(left);
        put(index, LaneLook.of(lane, rate.bytesPerSecond(), left, words));
      }
      whole.set(JobLook.of(states, lefts, words));
    });
  }

  private void put(int index, LaneLook look) {
    if (index == lanes.size()) lanes.add(look);
    else if (!lanes.get(index).equals(look)) lanes.set(index, look);
  }

  void stop(int lane) {
    job.ifPresent(now -> now.writing().stop(lane));
    look();
  }

  /// Stops every lane that still runs.
  public void stopAll() {
    job.ifPresent(now -> now.cancellation().cancel());
    look();
  }

  /// Puts a job that has ended aside.
  void putAside() {
    if (running.get()) return;
    job = Optional.empty();
    states = List.of();
    active.set(false);
    afterwards.forEach(Runnable::run);
  }

  private String sentence() {
    JobLook now = whole.get();
    String writing = words.text("activity.writing", now.working());
    return now.left().isEmpty() ? writing : words.text("activity.left", writing, now.left());
  }

  /// The lanes as they were at the last look, in the plan's order; empty when there is no job.
  public List<LaneState> states() {
    return states;
  }

  Optional<Plan> plan() {
    return job.map(Job::plan);
  }

  ObservableList<LaneLook> lanes() {
    return lanes;
  }

  ObjectProperty<JobLook> whole() {
    return whole;
  }

  /// True while there is a job to show, running or ended.
  public BooleanProperty active() {
    return active;
  }

  /// True while lanes run and the ledger does not know yet.
  public BooleanProperty running() {
    return running;
  }

  /// What is being written, in words.
  ObjectProperty<String> what() {
    return what;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
