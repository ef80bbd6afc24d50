package org.fieldlift.desktop.lanes;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.io.PlainText;

/// The whole job as it is shown: all lanes added up.
///
/// @param left time for the slowest lane that runs; failed lanes are left out, and it says so
/// @param working how many lanes still run
record JobLook(
    double writtenShare,
    double checkedShare,
    String written,
    String of,
    String checked,
    String left,
    long done,
    long working,
    long failed) {
  static final JobLook NOTHING = new JobLook(0, 0, "", "", "", "", 0, 0, 0);

  /// @param lefts time left of each lane, as far as known
  static JobLook of(List<LaneState> lanes, List<Optional<Duration>> lefts, Words words) {
    long total = sum(lanes.stream().map(LaneState::total).toList());
    long written = sum(lanes.stream().map(LaneState::written).toList());
    long checked = sum(lanes.stream().map(LaneState::checked).toList());
    double whole = Math.max(1, total);
    return new JobLook(
        written / whole,
        checked / whole,
        words.size(written),
        words.size(total),
        words.size(checked),
        left(lanes, lefts, words),
        count(lanes, Phase.DONE),
        lanes.stream().filter(lane -> LaneLook.isRunning(lane.phase())).count(),
        count(lanes, Phase.FAILED));
  }

  private static String left(List<LaneState> lanes, List<Optional<Duration>> lefts, Words words) {
    Optional<Duration> longest =
        lefts.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
    if (longest.isEmpty()) return "";
    List<String> failed =
        lanes.stream()
            .filter(lane -> lane.phase() == Phase.FAILED)
            .map(lane -> PlainText.of(lane.code()))
            .toList();
    String about = words.about(longest.get());
    return words.capital(
        failed.isEmpty()
            ? words.text("job.left", about)
            : words.text("job.left-without", about, words.list(failed)));
  }

  private static long sum(List<Long> bytes) {
    return bytes.stream().mapToLong(Long::longValue).sum();
  }

  private static long count(List<LaneState> lanes, Phase phase) {
    return lanes.stream().filter(lane -> lane.phase() == phase).count();
  }
}
