package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Layout;
import org.fieldlift.provision.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StationDrivesTest extends StationBench {
  /// The lanes would write over each other, and both would call their drive safe.
  @Test
  void oneDriveUnderTwoNamesIsNotPlannedTwice() throws IOException {
    String id = fetched(1, "linux/arm64", 1000);
    PlanOrder one = order(id, "64MB", false, "");
    Path drive = one.drives().getFirst();
    Path link = Files.createSymbolicLink(folder.resolve("by-id"), drive);
    Path alias = Files.createLink(folder.resolve("alias.img"), drive);
    for (Path name : List.of(drive, link, alias)) {
      PlanOrder twice =
          new PlanOrder(
              one.releases(),
              List.of(),
              List.of(drive, name),
              Optional.empty(),
              Optional.of(Plan.Spread.TOGETHER),
              Optional.empty(),
              false,
              "");
      assertThatThrownBy(() -> engine.drives().plan(twice))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessage(
              name.equals(drive)
                  ? "The drive " + drive + " is named twice."
                  : drive + " and " + name + " are the same drive.");
    }
  }

  @Test
  void whichReleasesADriveHoldsIsSaidWhereOnlyOneCanBeMeant() throws Exception {
    PlanOrder order = order(fetched(1, "linux/arm64", 1000), "64MB", false, "");
    String other = fetched(2, "linux/arm64", 1000);
    PlanOrder both =
        new PlanOrder(
            List.of(order.releases().getFirst(), other),
            List.of(),
            order.drives(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "");
    assertThat(written(engine.drives().plan(both)))
        .extracting(LaneState::phase)
        .containsExactly(Phase.DONE);
    Path drive = order.drives().getFirst();
    Path output = folder.resolve("joined.tar.gz");
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> engine.releases().show(drive.toString()),
            () ->
                engine
                    .releases()
                    .join(List.of(drive), output, new Progress(""), new Cancellation()))) {
      assertThatThrownBy(reading)
          .hasMessage(
              drive
                  + " holds several releases: example.org/lab/scope v1 for linux/arm64,"
                  + " example.org/lab/scope v2 for linux/arm64.");
    }
  }

  @Test
  void aDeviceThatIsNamedTwiceIsMeantOnce() throws IOException {
    PlanOrder order = order(fetched(1, "linux/arm64", 1000), "64MB", false, "");
    PlanOrder twice =
        new PlanOrder(
            order.releases(),
            List.of("SCOPE-1", "SCOPE-1"),
            order.drives(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "");
    assertThat(engine.drives().plan(twice).devices()).hasSize(1);
  }

  @Test
  void aDriveIsMadeWhenItIsWrittenAndNotBefore() throws Exception {
    String id = fetched(1, "linux/arm64", 3_000_000);
    Path drive = folder.resolve("new/drive.img");
    PlanOrder order = toBeMade(id, "SCOPE-1", drive, 64_000_000);
    assertThatThrownBy(() -> engine.drives().plan(toBeMade("nosuch", "SCOPE-1", drive, 64_000_000)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> engine.drives().plan(toBeMade(id, "NOSUCH", drive, 64_000_000)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> engine.drives().plan(toBeMade(id, "SCOPE-1", drive, 10_240_000)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("too small for FAT32");
    Plan plan = engine.drives().plan(order);
    assertThat(plan.used().getFirst().now().words()).isEqualTo("will be made");
    assertThat(plan.erased()).isEmpty();
    assertThat(drive.getParent()).doesNotExist();
    assertThat(engine.drives().list()).isEmpty();
    assertThat(written(plan)).extracting(LaneState::phase).containsExactly(Phase.DONE);
    assertThat(engine.drives().list().getFirst().holds()).isEqualTo(Holds.OURS);
  }

  @Test
  void aDriveThatIsNotNeededIsNotMade() throws Exception {
    String id = fetched(1, "linux/arm64", 1000);
    List<Path> drives = List.of(folder.resolve("one.img"), folder.resolve("two.img"));
    Plan plan =
        engine
            .drives()
            .plan(
                new PlanOrder(
                    List.of(id),
                    List.of(),
                    drives,
                    Optional.of(64_000_000L),
                    Optional.of(Plan.Spread.TOGETHER),
                    Optional.empty(),
                    false,
                    ""));
    assertThat(written(plan)).hasSize(1);
    assertThat(drives.getFirst()).exists();
    assertThat(drives.getLast()).doesNotExist();
  }

  @Test
  void aDriveThatWasReplacedSinceThePlanIsNotErased() throws Exception {
    String id = fetched(1, "linux/arm64", 1000);
    Plan plan = engine.drives().plan(order(id, "64MB", false, ""));
    Path drive = plan.used().getFirst().target();
    Files.delete(drive);
    engine.drives().addVirtual(drive, 64_000_000);
    byte[] photo = "somebody's photo".getBytes(StandardCharsets.UTF_8);
    try (FileChannel open = FileChannel.open(drive, StandardOpenOption.WRITE)) {
      open.write(ByteBuffer.wrap(photo), 32 << 20);
    }
    byte[] before = Files.readAllBytes(drive);
    LaneState lane = written(plan).getFirst();
    assertThat(lane.phase()).isEqualTo(Phase.FAILED);
    assertThat(lane.message()).contains("is not the drive that was looked at");
    assertThat(lane.next()).contains("List the drives again");
    assertThat(Files.readAllBytes(drive)).isEqualTo(before);
  }

  /// Each lane had 16 MiB of buffers once, and Java gives all together no more than its heap.
  @Test
  @Timeout(120)
  void manyDrivesAreWrittenAtOnceWithLittleMemory() throws Exception {
    String id = fetched(1, "linux/arm64", 3_000_000);
    List<Path> drives =
        IntStream.range(0, 24).mapToObj(i -> folder.resolve("drive-" + i + ".img")).toList();
    Process writing = ManyDrives.command("128m", engine.home(), id, drives).start();
    List<String> said = writing.inputReader().lines().toList();
    assertThat(writing.waitFor())
        .as(new String(writing.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
    assertThat(said).hasSize(24).containsOnly("DONE ");
    assertThat(engine.fleet().state().drives()).hasSize(24);
  }

  @Test
  void aLedgerThatIsNotToldKeepsNobodyFromKnowingHowTheLanesEnded() throws Exception {
    String id = fetched(1, "linux/arm64", 1000);
    Plan plan = engine.drives().plan(order(id, "64MB", false, ""));
    Plan forNobody =
        new Plan(
            plan.releases(), List.of(), plan.spread(), plan.drives(), plan.shortBy(), List.of());
    StationLedger ledger =
        new StationLedger(StationHome.at(folder.resolve("other")), "other", Clock.systemUTC());
    Deliveries deliveries = new Deliveries(ledger, forNobody, "");
    ledger.open();
    ledger.close();
    List<Layout.LaidOut> laidOut =
        new Layout("other", ledger.key(), Instant.EPOCH)
            .layOut(forNobody, new Progress(""), new Cancellation());
    DriveDesk.Writing writing =
        DriveWriting.start(forNobody, laidOut, deliveries, new Progress(""), new Cancellation());
    assertThat(writing.await()).extracting(LaneState::phase).containsExactly(Phase.DONE);
    assertThat(writing.unrecorded())
        .hasValueSatisfying(problem ->
            assertThat(problem.what())
                .startsWith(
                    "The ledger does not know how drive "
                        + plan.used().getFirst().code()
                        + " ended."));
  }

  @Test
  void stoppingLeavesABlankDriveAndSaysSo() throws Exception {
    String id = fetched(1, "linux/arm64", 30_000_000);
    Plan plan = engine.drives().plan(order(id, "64MB", false, ""));
    DriveDesk.Writing writing =
        engine.drives().write(plan, "", new Progress(""), new Cancellation());
    writing.stop(0);
    LaneState lane = writing.await().getFirst();
    assertThat(lane.phase()).isIn(Phase.STOPPED, Phase.DONE);
    Holds holds = engine.drives().list().getFirst().holds();
    assertThat(holds).isEqualTo(lane.phase() == Phase.DONE ? Holds.OURS : Holds.NEW);
  }
}
