package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;
import org.junit.jupiter.api.Test;

/// A whole station, with real parts and small releases.
class StationTest extends StationBench {
  @Test
  void aDeviceThatIsAddedAgainWithTheSameFactsIsRecordedOnce() throws IOException {
    int events = engine.fleet().checkLedger().events();
    engine.fleet().addDevice(new Device("SCOPE-1", "Deck", "Meridian", "linux/arm64", ""));
    assertThat(engine.fleet().checkLedger().events()).isEqualTo(events);
    assertThatThrownBy(
            () -> engine.fleet().addDevice(new Device("SCOPE-1", "Lab", "Meridian", "any", "")))
        .hasMessageContaining("with other facts");
  }

  /// It stands in the list of every drive, which would be called safe and be unreadable.
  @Test
  void aStationIsNotOpenedUnderANameThatNoDriveMayHave() throws IOException {
    Path home = Files.createDirectory(folder.resolve("named"));
    Path file = home.resolve("station.json");
    for (String name : List.of("", " ", "x\u202Ey", "two\\nlines", "x".repeat(251))) {
      Files.writeString(file, "{\"schema\":\"fieldlift.station/1\",\"name\":\"" + name + "\"}");
      assertThatThrownBy(() -> Engine.open(home))
          .isInstanceOf(Problem.class)
          .hasMessageStartingWith("The name of this station, in " + file + ", must have ");
    }
  }

  /// Every plan for such a device would fail, and releases are chosen by nothing else.
  @Test
  void aDeviceOfAPlatformThatNoReleaseCanHaveIsRefused() throws IOException {
    for (String platform : List.of("arm64", "any", "linux/arm64/v8", "Linux/arm64")) {
      assertThatThrownBy(() -> engine.fleet().addDevice(new Device("D", "", "", platform, "")))
          .as(platform)
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
    }
    Path csv = Files.writeString(folder.resolve("devices.csv"), "id,platform\nA,\nB,arm64\n");
    assertThatThrownBy(() -> engine.fleet().importDevices(csv))
        .hasMessage("\"arm64\" is not a platform.");
    assertThat(engine.fleet().state().devices()).containsOnlyKeys("SCOPE-1");
  }

  @Test
  void aReleaseIsForThePlatformAsDevicesCallIt() throws IOException {
    Path release = folder.resolve("release.tar.gz");
    pack(1, "linux/aarch64", 1000, release);
    assertThat(engine.releases().show(release.toString()).release().platform())
        .isEqualTo("linux/arm64");
    assertThatThrownBy(() -> pack(2, "arm64", 1000, folder.resolve("other.tar.gz")))
        .hasMessage("\"arm64\" is not a platform.");
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
    assertThat(plan.remarks())
        .containsExactly("SCOPE-1 has a newer release than " + PRODUCT + " v1.");
    engine
        .drives()
        .write(plan, "The new one drifts.", new Progress(""), new Cancellation())
        .await();
    Path ledger = folder.resolve("ledger.jsonl");
    engine.fleet().exportLedger(ledger);
    assertThat(ledger).content().contains("The new one drifts.");
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
  void aReportThatChangesNothingIsNotRecordedAsIfItDid() throws IOException {
    String id = fetched(1, "linux/arm64", 1000);
    engine.fleet().report("SCOPE-1", id, DeliveryState.RUNNING, "");
    State before = engine.fleet().state();
    assertThatThrownBy(() -> engine.fleet().report("SCOPE-1", id, DeliveryState.LOST, ""))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE))
        .hasMessage(
            "SCOPE-1 is known to be running with this release already; to report it lost changes"
                + " nothing.");
    assertThat(engine.fleet().state()).isSameAs(before);
    engine.fleet().report("SCOPE-1", id, DeliveryState.FAILED, "");
    engine.fleet().report("SCOPE-1", id, DeliveryState.LOST, "");
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
  void whichOfSeveralVersionsIsRemovedMustBeSaid() throws IOException {
    fetched(1, "linux/arm64", 1000);
    String newest = fetched(2, "linux/arm64", 1000);
    for (String name : List.of("scope", PRODUCT, "scope+arm64")) {
      assertThatThrownBy(() -> engine.releases().remove(name))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessage("\"" + name + "\" is here in several versions: v2, v1.");
    }
    engine.releases().remove(newest.substring(0, 8));
    engine.releases().remove("scope");
    assertThat(engine.releases().list()).isEmpty();
  }

  /// People fetch next to a checkout of the pallet, which is called as its product is.
  @Test
  void aFolderThatIsNoReleaseDoesNotHideTheProductOfItsName() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("scope"));
    assertThat(ReleaseFinder.isThere(checkout)).isFalse();
    assertThat(ReleaseFinder.isThere(folder.resolve("nothing"))).isFalse();
    Path packed = folder.resolve("packed");
    pack(1, "linux/arm64", 1000, packed);
    Path drive = folder.resolve("mounted");
    Files.createDirectories(drive.resolve("FIELDLIFT"));
    Files.writeString(drive.resolve("FIELDLIFT/drive.json"), "{}");
    for (Path path : List.of(packed, drive, folder.resolve("image-1"))) {
      assertThat(ReleaseFinder.isThere(path)).as("%s", path).isTrue();
    }
  }

  @Test
  void aWebAddressIsNoReleasesNameAndItsPasswordIsNotShown() {
    String address = "https://ann:s3cret@lab.example.org/scope.forklift-bundle/";
    assertThatThrownBy(
            () -> engine.releases().fetch(address, new Progress("Test"), new Cancellation()))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(
            "https://…@lab.example.org/scope.forklift-bundle/ is a web address");
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
}
