package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
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
import java.util.Random;
import java.util.stream.IntStream;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Layout;
import org.fieldlift.provision.Plan;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole station, with real parts and small releases.
class StationTest {
  private static final char[] PASSWORD = "secret".toCharArray();
  private static final String PRODUCT = "example.org/lab/scope";

  @TempDir static Path lab;
  @TempDir Path folder;
  private Engine engine;

  @BeforeAll
  static void aLabWithAKey() throws IOException {
    try (Engine station = Engine.open(lab.resolve("station"))) {
      station.trust().newKey(lab.resolve("lab"), PASSWORD);
    }
  }

  @BeforeEach
  void aStationThatTrustsTheLab() throws IOException {
    engine = Engine.open(folder.resolve("station"));
    engine
        .trust()
        .trustKey(new RuleOrder("lab", "example.org/lab/*", false), lab.resolve("lab.pub"));
    engine.fleet().addDevice(new Device("SCOPE-1", "Deck", "Meridian", "linux/arm64", ""));
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @Test
  void aDeviceThatIsAddedAgainWithTheSameFactsIsRecordedOnce() throws IOException {
    int events = engine.fleet().checkLedger().events();
    engine.fleet().addDevice(new Device("SCOPE-1", "Deck", "Meridian", "linux/arm64", ""));
    assertThat(engine.fleet().checkLedger().events()).isEqualTo(events);
    assertThatThrownBy(
            () -> engine.fleet().addDevice(new Device("SCOPE-1", "Lab", "Meridian", "any", "")))
        .hasMessageContaining("with other facts");
  }

  @Test
  void aGenuineReleaseGoesOntoADriveAndTheManifestKnows() throws Exception {
    String id = fetched(1, "linux/arm64", 3_000_000);
    Plan plan = engine.drives().plan(order(id, "64MB", false, ""));
    LaneState lane = written(plan).getFirst();
    assertThat(lane.phase()).as(lane.message()).isEqualTo(Phase.DONE);
    assertThat(lane.checked()).isEqualTo(lane.total());

    Path drive = plan.used().getFirst().target();
    assertThat(engine.drives().verify(drive, new Progress(""), new Cancellation()))
        .isEqualTo(new DriveDesk.Checked(List.of(), "signed by this station", true));
    DriveDesk.Contents contents = engine.drives().show(drive);
    assertThat(contents.signature()).isEqualTo("signed by this station");
    assertThat(contents.devices()).containsExactly("SCOPE-1");
    assertThat(engine.drives().list().getFirst().holds()).isEqualTo(Holds.OURS);

    var row = engine.fleet().manifest().getFirst();
    assertThat(row.has()).isEmpty();
    assertThat(row.delivery().orElseThrow().state()).isEqualTo(DeliveryState.VERIFIED);
    engine.fleet().report("SCOPE-1", id, DeliveryState.RUNNING, "called");
    row = engine.fleet().manifest().getFirst();
    assertThat(row.has().orElseThrow().version()).isEqualTo("v1");
    assertThat(row.delivery().orElseThrow().sureness()).isEqualTo(Sureness.REPORTED);
    assertThat(engine.fleet().checkLedger().faults()).isEmpty();
  }

  @Test
  void whatARuleNoLongerAllowsDoesNotEnterAPlan() throws IOException {
    String id = fetched(1, "linux/arm64", 1000);
    engine.trust().remove("lab");
    assertThatThrownBy(() -> engine.drives().plan(order(id, "64MB", false, "")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
    assertThat(engine.releases().list().getFirst().verdict().orElseThrow().isGenuine()).isFalse();
  }

  @Test
  void aReleaseForAnotherPlatformIsNotPlannedForADevice() throws IOException {
    String id = fetched(1, "linux/amd64", 1000);
    assertThatThrownBy(() -> engine.drives().plan(order(id, "64MB", false, "")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("SCOPE-1 is linux/arm64");
  }

  @Test
  void goingBackNeedsASaidReasonWhichTheLedgerKeeps() throws Exception {
    String older = fetched(1, "linux/arm64", 1000);
    String newer = fetched(2, "linux/arm64", 2000);
    engine.fleet().report("SCOPE-1", newer, DeliveryState.RUNNING, "");
    assertThatThrownBy(() -> engine.drives().plan(order(older, "64MB", false, "")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("has a newer release");
    Plan plan = engine.drives().plan(order(older, "64MB", true, "The new one drifts."));
    engine
        .drives()
        .write(plan, "The new one drifts.", new Progress(""), new Cancellation())
        .await();
    Path ledger = folder.resolve("ledger.jsonl");
    engine.fleet().exportLedger(ledger);
    assertThat(ledger).content().contains("The new one drifts.");
  }

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

  private static PlanOrder toBeMade(String release, String device, Path drive, long size) {
    return new PlanOrder(
        List.of(release),
        List.of(device),
        List.of(drive),
        Optional.of(size),
        Optional.empty(),
        Optional.empty(),
        false,
        "");
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

  @Test
  void aReleaseIsFoundByIdNameAndVersion() throws IOException {
    String first = fetched(1, "linux/arm64", 1000);
    String second = fetched(2, "linux/arm64", 1000);
    assertThat(engine.releases().show(first.substring(0, 8)).row().id().hex()).isEqualTo(first);
    assertThat(engine.releases().show("scope").row().id().hex()).isEqualTo(second);
    assertThat(engine.releases().show("scope@v1").row().id().hex()).isEqualTo(first);
    assertThat(engine.releases().show(PRODUCT).row().id().hex()).isEqualTo(second);
    assertThatThrownBy(() -> engine.releases().show("cope")).isInstanceOf(Problem.class);
  }

  @Test
  void aReportNamesTheReleaseAsEverythingElseDoes() throws IOException {
    fetched(1, "linux/arm64", 1000);
    String second = fetched(2, "linux/arm64", 1000);
    for (String name : List.of("scope@v2", PRODUCT + "@v2", second.substring(0, 8))) {
      engine.fleet().report("SCOPE-1", name, DeliveryState.RUNNING, name);
      assertThat(engine.fleet().manifest().getFirst().has().orElseThrow().version())
          .as(name)
          .isEqualTo("v2");
    }
    for (String name : List.of("cope@v2", "scope@v9", "f00f00")) {
      assertThatThrownBy(() -> engine.fleet().report("SCOPE-1", name, DeliveryState.RUNNING, ""))
          .as(name)
          .hasMessageContaining("No release is known as " + name);
    }
  }

  @Test
  void whatOnlyTheStationKnowsCannotBeReported() throws IOException {
    String id = fetched(1, "linux/arm64", 1000);
    engine.fleet().report("SCOPE-1", id, DeliveryState.RUNNING, "");
    for (DeliveryState state :
        List.of(
            DeliveryState.PLANNED,
            DeliveryState.WRITTEN,
            DeliveryState.VERIFIED,
            DeliveryState.SUPERSEDED)) {
      assertThatThrownBy(() -> engine.fleet().report("SCOPE-1", id, state, ""))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
    }
    assertThat(engine.fleet().manifest().getFirst().has()).isPresent();
  }

  @Test
  void whatIsOnTheWayHasItsNameInTheManifest() throws Exception {
    written(engine.drives().plan(order(fetched(1, "linux/arm64", 1000), "64MB", false, "")));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    engine.fleet().exportManifest(FleetDesk.Format.JSON, json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .contains("\"onTheWayProduct\" : \"" + PRODUCT + "\"", "\"onTheWayVersion\" : \"v1\"");
  }

  @Test
  void removingAReleaseFreesItsParts() throws IOException {
    String id = fetched(1, "linux/arm64", 5_000_000);
    assertThat(engine.releases().remove(id)).isGreaterThan(5_000_000);
    assertThat(engine.releases().list()).isEmpty();
    assertThat(engine.fleet().state().releases()).containsKey(Digest.parse(id));
  }

  @Test
  void aSourceFolderIsLookedAtAndFetchedFrom() throws IOException {
    Path shelf = Files.createDirectories(folder.resolve("shelf"));
    pack(3, "linux/arm64", 2000, shelf.resolve("scope.dir"));
    engine.sources().add("shelf", shelf.toString());
    assertThat(engine.releases().lookForNew(new Progress(""), new Cancellation())).isEmpty();
    assertThat(engine.releases().list())
        .singleElement()
        .satisfies(row -> assertThat(row.where()).isEqualTo(ReleaseDesk.Where.AT_SOURCE));
    engine.releases().fetch("scope", new Progress(""), new Cancellation());
    assertThat(engine.releases().list())
        .singleElement()
        .satisfies(row -> assertThat(row.where()).isEqualTo(ReleaseDesk.Where.HERE));
  }

  @Test
  void whatIsDamagedAtASourceIsSaid() throws IOException {
    Path shelf = Files.createDirectories(folder.resolve("shelf"));
    Files.writeString(shelf.resolve("a.file.tar.gz"), "x");
    engine.sources().add("shelf", shelf.toString());
    assertThat(engine.releases().lookForNew(new Progress(""), new Cancellation()))
        .singleElement()
        .asString()
        .startsWith("Source shelf: a.file.tar.gz: ");
  }

  @Test
  void aSourceThatIsAwayIsASentenceNotAFailure() throws IOException {
    engine.sources().add("gone", folder.resolve("nowhere").toString());
    assertThat(engine.releases().lookForNew(new Progress(""), new Cancellation()))
        .singleElement()
        .satisfies(words -> assertThat(words).contains("gone"));
  }

  private String fetched(int version, String platform, int size) throws IOException {
    Path release = folder.resolve("release-" + version + ".tar.gz");
    pack(version, platform, size, release);
    return engine
        .releases()
        .fetch(release.toString(), new Progress(""), new Cancellation())
        .row()
        .id()
        .hex();
  }

  private void pack(int version, String platform, int size, Path output) throws IOException {
    byte[] noise = new byte[size];
    new Random(version).nextBytes(noise);
    Path input = Files.write(folder.resolve("image-" + version), noise);
    engine
        .releases()
        .pack(
            new PackOrder(
                input,
                output,
                Release.Kind.FILE,
                PRODUCT,
                "v" + version,
                (long) version,
                platform,
                null,
                null,
                lab.resolve("lab.key"),
                PASSWORD),
            new Progress(""),
            new Cancellation());
  }

  private PlanOrder order(String release, String size, boolean allowOlder, String reason)
      throws IOException {
    Path drive = folder.resolve("drive.img");
    if (!Files.exists(drive))
      engine.drives().addVirtual(drive, org.fieldlift.io.ByteSize.parse(size));
    return new PlanOrder(
        List.of(release),
        List.of("SCOPE-1"),
        List.of(drive),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        allowOlder,
        reason);
  }

  private List<LaneState> written(Plan plan) throws Exception {
    return engine.drives().write(plan, "", new Progress(""), new Cancellation()).await();
  }
}
