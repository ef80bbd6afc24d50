package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.engine.LabStation.AMD;
import static org.fieldlift.engine.LabStation.ARM;
import static org.fieldlift.engine.LabStation.SCOPE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.State.Delivery;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One version of a product for several platforms has one name; which is meant must be said, or
/// follow from the devices.
class SeveralPlatformsTest {
  private static final String ONE = "scope@1.0";
  private static SigningKey key;

  @TempDir Path folder;
  private LabStation lab;
  private Digest arm;
  private Digest amd;

  @BeforeAll
  static void aLabWithAKey(@TempDir Path once) throws IOException {
    key = LabStation.newKey(once);
  }

  @BeforeEach
  void aSourceWithOneVersionForTwoPlatforms() throws IOException {
    lab = new LabStation(folder, key, Clock.systemUTC());
    arm = lab.pack("shelf/arm", SCOPE, "1.0", 1, ARM);
    amd = lab.pack("shelf/amd", SCOPE, "1.0", 1, AMD);
    lab.engine.sources().add("shelf", folder.resolve("shelf").toString());
    device("ARM-1", ARM);
    device("AMD-1", AMD);
    device("OLD-1", "linux/arm/v7");
    device("NEW-1", "");
    lab.engine.drives().addVirtual(folder.resolve("drive.img"), 64_000_000);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  void aNameForSeveralPlatformsIsNotFetchedButTheyAreListed() {
    for (String name : List.of(ONE, SCOPE)) {
      assertRefused(
          () -> lab.fetch(name),
          name + "+a",
          "more than one platform",
          arm.brief() + " (" + SCOPE + " 1.0 for linux/arm64, at shelf)",
          amd.brief() + " (" + SCOPE + " 1.0 for linux/amd64, at shelf)");
    }
  }

  @Test
  void theArchitectureOrTheIdSaysWhich() throws IOException {
    assertThat(lab.fetch("scope@1.0+arm64").row().id()).isEqualTo(arm);
    assertThat(lab.fetch("scope+amd64").row().id()).isEqualTo(amd);
    assertThat(lab.fetch(arm.hex()).row().id()).isEqualTo(arm);
    assertThatThrownBy(() -> lab.fetch("scope+armv7")).hasMessageContaining("No source has");
  }

  @Test
  void aVersionWithAPlusIsStillAVersion() throws IOException {
    Digest odd = lab.pack("shelf/odd", "example.org/lab/odd", "1.0+arm64", 1, AMD);
    assertThat(lab.fetch("odd@1.0+arm64").row().id()).isEqualTo(odd);
    assertThat(lab.engine.releases().show("odd@1.0+arm64+amd64").row().id()).isEqualTo(odd);
  }

  @Test
  void theStoresNamesAreNoLessAmbiguous() throws IOException {
    bothAreHere();
    assertRefused(() -> lab.engine.releases().show(ONE), ONE + "+a", arm.brief(), amd.brief());
    assertRefused(() -> lab.engine.releases().remove("scope"), "scope+a", "platform");
    assertThat(lab.engine.releases().show("scope+arm64").row().id()).isEqualTo(arm);
    assertThat(lab.engine.releases().list()).hasSize(2);
  }

  @Test
  void aDeviceGetsTheReleaseForItsPlatform() throws IOException {
    bothAreHere();
    assertThat(planned(ONE, "ARM-1")).containsExactly(arm);
    assertThat(planned(SCOPE, "AMD-1", "NEW-1")).containsExactly(amd);
  }

  @Test
  void devicesOfTwoPlatformsGetBothAndEachDeliveryIsOfItsOwn() throws Exception {
    bothAreHere();
    assertThat(planned("scope", "ARM-1", "AMD-1")).containsExactly(arm, amd);
    assertThat(planned(List.of(arm.hex(), amd.hex()), "ARM-1", "AMD-1")).containsExactly(arm, amd);
    Plan plan = plan(List.of("scope"), "ARM-1", "AMD-1");
    lab.engine.drives().write(plan, "", new Progress(""), new Cancellation()).await();
    assertThat(lab.engine.fleet().state().deliveries())
        .extracting(Delivery::device, Delivery::release)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("ARM-1", arm),
            org.assertj.core.groups.Tuple.tuple("AMD-1", amd));
  }

  @Test
  void withoutADeviceWhosePlatformIsKnownItMustBeSaid() throws IOException {
    bothAreHere();
    assertRefused(() -> planned("scope"), "scope+a", arm.brief(), amd.brief());
    assertRefused(() -> planned("scope", "NEW-1"), "scope+a", arm.brief(), amd.brief());
    assertThat(planned("scope+amd64", "NEW-1")).containsExactly(amd);
  }

  @Test
  void aDeviceForWhichThereIsNoneIsNamed() throws IOException {
    bothAreHere();
    assertRefused(
        () -> planned("scope", "ARM-1", "OLD-1"),
        "scope+armv7",
        "no release scope for linux/arm/v7");
    assertRefused(
        () -> planned("scope+arm64", "ARM-1", "AMD-1"), "linux/amd64", "AMD-1 is linux/amd64");
    assertRefused(
        () -> planned(List.of(arm.hex(), amd.hex()), "ARM-1"),
        "linux/arm64",
        "is for linux/amd64, but ARM-1 is linux/arm64");
  }

  @Test
  void aReportAboutADeviceMeansTheReleaseOfItsPlatform() throws IOException {
    bothAreHere();
    lab.engine.fleet().report("AMD-1", ONE, DeliveryState.RUNNING, "called");
    assertThat(lab.engine.fleet().state().deliveries())
        .singleElement()
        .satisfies(delivery -> assertThat(delivery.release()).isEqualTo(amd));
    assertRefused(
        () -> lab.engine.fleet().report("NEW-1", ONE, DeliveryState.RUNNING, ""),
        "Give its id",
        "More than one release");
  }

  private void bothAreHere() throws IOException {
    lab.fetch(arm.hex());
    lab.fetch(amd.hex());
  }

  private void device(String id, String platform) throws IOException {
    lab.engine.fleet().addDevice(new Device(id, "", "", platform, ""));
  }

  private List<Digest> planned(String release, String... devices) throws IOException {
    return planned(List.of(release), devices);
  }

  private List<Digest> planned(List<String> releases, String... devices) throws IOException {
    return plan(releases, devices).releases().stream().map(each -> each.signed().id()).toList();
  }

  private Plan plan(List<String> releases, String... devices) throws IOException {
    return lab.engine
        .drives()
        .plan(
            new PlanOrder(
                releases,
                List.of(devices),
                List.of(folder.resolve("drive.img")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ""));
  }

  private static void assertRefused(ThrowingCallable work, String next, String... what) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
              assertThat(problem.what()).contains(what);
              assertThat(problem.next()).contains(next);
            });
  }
}
