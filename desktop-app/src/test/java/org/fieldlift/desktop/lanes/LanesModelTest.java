package org.fieldlift.desktop.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fieldlift.desktop.FakeDrives;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.FakeWriting;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Plan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesModelTest {
  private static final long GB = 1_000_000_000;
  private static final Path FIRST = Path.of("/dev/sdb");
  private static final Path SECOND = Path.of("/dev/sdc");

  private final FakeEngine lab = FakeEngine.lab();
  private final OnTheSpot background = new OnTheSpot();
  private final Activities activities = new Activities();
  private final AtomicLong nanos = new AtomicLong();
  private final Cancellation cancellation = new Cancellation();
  private final LanesModel model =
      new LanesModel(background, new Words(Locale.UK, Clock.systemUTC()), activities, nanos::get);
  private FakeWriting writing = lab.drives.writing;

  @BeforeEach
  void begin() throws IOException {
    background.hold();
    Plan plan =
        lab.drives.plan(
            new PlanOrder(
                List.of(lab.releases.rows.get(8).id().hex()),
                List.of(),
                List.of(FIRST, SECOND),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ""));
    lab.drives.write(plan, "", new Progress("Writing"), cancellation);
    writing = lab.drives.writing;
    model.begin(plan, writing, cancellation, "Species Atlas 7.2");
  }

  private void pass(int seconds) {
    nanos.addAndGet(seconds * GB);
    model.look();
  }

  private void end() {
    writing.finish();
    background.letGo();
  }

  @Test
  void aLaneSaysWhatIsWrittenHowFastAndHowLongItTakes() {
    writing.set(0, FakeDrives.lane("FL-A", FIRST, Phase.WRITING, 12 * GB, GB, 0, "piece 2 of 9"));
    pass(10);
    writing.set(
        0, FakeDrives.lane("FL-A", FIRST, Phase.WRITING, 12 * GB, 2 * GB, 0, "piece 3 of 9"));
    pass(10);
    LaneLook lane = model.lanes().getFirst();
    assertThat(lane.headline()).isEqualTo("Writing piece 3 of 9");
    assertThat(lane.words()).isEqualTo("2.0 GB of 12.0 GB written. Checking follows.");
    assertThat(lane.speed()).isEqualTo("100 MB/s");
    assertThat(lane.left()).isEqualTo("about 4 minutes left");
    assertThat(lane.mood()).isEqualTo(Mood.WORKING);
  }

  @Test
  void aFailedLaneSaysWhatToDoAndTheOthersGoOn() {
    writing.set(
        0, FakeDrives.failed("FL-A", FIRST, 12 * GB, GB, "it stopped answering", "Pull it out."));
    writing.set(1, FakeDrives.lane("FL-B", SECOND, Phase.CHECKING, 4 * GB, 4 * GB, GB, ""));
    pass(10);
    writing.set(1, FakeDrives.lane("FL-B", SECOND, Phase.CHECKING, 4 * GB, 4 * GB, 2 * GB, ""));
    pass(10);
    assertThat(model.lanes().getFirst().headline()).isEqualTo("Failed: it stopped answering");
    assertThat(model.lanes().getFirst().next()).isEqualTo("Pull it out.");
    assertThat(model.lanes().getLast().words())
        .isEqualTo("4.0 GB written, 2.0 GB read back and right.");
    assertThat(model.whole().get().left()).endsWith("left, without FL-A");
    assertThat(model.whole().get().failed()).isEqualTo(1);
    assertThat(model.whole().get().working()).isEqualTo(1);
  }

  @Test
  void aLaneThatIsDoneIsSafeToPullOut() {
    writing.set(0, FakeDrives.lane("FL-A", FIRST, Phase.DONE, 12 * GB, 12 * GB, 12 * GB, ""));
    pass(1);
    assertThat(model.lanes().getFirst().headline()).isEqualTo("Safe to pull out");
    assertThat(model.lanes().getFirst().mood()).isEqualTo(Mood.GOOD);
  }

  @Test
  void stoppingOneLaneLeavesTheOthers() {
    model.stop(1);
    assertThat(writing.stopped).containsExactly(1);
    assertThat(model.lanes().getLast().headline()).isEqualTo("Stopped");
    assertThat(cancellation.isCancelled()).isFalse();
    model.stopAll();
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void whatTheLedgerDoesNotKnowIsToldBesideTheLanes() {
    writing.set(0, FakeDrives.lane("FL-A", FIRST, Phase.DONE, 12 * GB, 12 * GB, 12 * GB, ""));
    writing.unrecorded =
        Optional.of(Problem.failed("The ledger does not know how drive FL-A ended.", "Make room."));
    end();
    assertThat(model.lanes().getFirst().headline()).isEqualTo("Safe to pull out");
    assertThat(model.trouble().get().orElseThrow().next()).isEqualTo("Make room.");
  }

  @Test
  void theJobRunsUntilTheLedgerKnows() {
    AtomicLong ended = new AtomicLong();
    model.whenEnded(ended::incrementAndGet);
    assertThat(activities.words().get()).startsWith("Writing 2 drives");
    model.putAside();
    assertThat(model.active().get()).isTrue();
    end();
    assertThat(model.running().get()).isFalse();
    assertThat(ended).hasValue(1);
    assertThat(activities.words().get()).isEmpty();
    model.putAside();
    assertThat(model.active().get()).isFalse();
    assertThat(model.states()).isEmpty();
  }
}
