package org.fieldlift.desktop.lanes;

import java.time.Duration;
import java.util.Optional;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.io.PlainText;

/// A lane as it is shown.
///
/// @param headline what it does now, in a few words
/// @param written share of the bar
/// @param checked share of the bar
/// @param words what is written and what is read back; what happened when it failed
/// @param next what to do now; empty unless it failed
/// @param speed "72 MB/s"; empty unless it runs
/// @param left "about 9 minutes left"; empty unless it runs and somebody can know
record LaneLook(
    Phase phase,
    Mood mood,
    String headline,
    double written,
    double checked,
    String words,
    String next,
    String speed,
    String left) {

  static LaneLook of(LaneState lane, double rate, Optional<Duration> left, Words words) {
    boolean running = isRunning(lane.phase());
    boolean failed = lane.phase() == Phase.FAILED;
    return new LaneLook(
        lane.phase(),
        mood(lane.phase()),
        headline(lane, words),
        share(lane.written(), lane.total()),
        share(lane.checked(), lane.total()),
        failed ? words.text("lane.others") : figures(lane, words),
        failed ? PlainText.of(lane.next()) : "",
        running && rate >= 1e6 ? words.rate(rate) : "",
        running ? words.left(left) : "");
  }

  static boolean isRunning(Phase phase) {
    return switch (phase) {
      case WAITING, WRITING, CHECKING -> true;
      case DONE, FAILED, STOPPED -> false;
    };
  }

  private static Mood mood(Phase phase) {
    return switch (phase) {
      case WAITING, WRITING, CHECKING -> Mood.WORKING;
      case DONE -> Mood.GOOD;
      case FAILED -> Mood.BAD;
      case STOPPED -> Mood.QUIET;
    };
  }

  private static String headline(LaneState lane, Words words) {
    String step = PlainText.of(lane.step());
    return switch (lane.phase()) {
      case WAITING -> words.text("lane.waiting");
      case WRITING ->
          step.isEmpty() ? words.text("tile.WRITING") : words.text("lane.writing", step);
      case CHECKING ->
          step.isEmpty() ? words.text("tile.CHECKING") : words.text("lane.checking", step);
      case DONE -> words.text("lane.done");
      case FAILED -> words.text("lane.failed", PlainText.of(lane.message()));
      case STOPPED -> words.text("lane.stopped");
    };
  }

  private static String figures(LaneState lane, Words words) {
    String written = words.size(lane.written());
    return switch (lane.phase()) {
      case WAITING -> words.text("lane.figures.waiting", words.size(lane.total()));
      case WRITING -> words.text("lane.figures.writing", written, words.size(lane.total()));
      case CHECKING -> words.text("lane.figures.checking", written, words.size(lane.checked()));
      case DONE -> words.text("lane.figures.done", written);
      case FAILED -> "";
      case STOPPED -> words.text("lane.figures.stopped");
    };
  }

  private static double share(long part, long whole) {
    return whole <= 0 ? 0 : (double) part / whole;
  }
}
