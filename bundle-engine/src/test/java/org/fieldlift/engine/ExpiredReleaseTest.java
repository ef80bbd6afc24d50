package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.engine.LabStation.ARM;
import static org.fieldlift.engine.LabStation.SCOPE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices refuse a release after its end; the station says so before a drive travels.
class ExpiredReleaseTest {
  private static final Instant NOW = Instant.parse("2026-05-12T08:30:00Z");
  private static final Instant ENDED = NOW.minus(Duration.ofDays(3));
  private static SigningKey key;

  @TempDir Path folder;
  private LabStation lab;

  @BeforeAll
  static void aLabWithAKey(@TempDir Path once) throws IOException {
    key = LabStation.newKey(once);
  }

  @BeforeEach
  void aStationWhoseClockStands() throws IOException {
    lab = new LabStation(folder, key, Clock.fixed(NOW, ZoneOffset.UTC));
    lab.engine.fleet().addDevice(new Device("D1", "", "", ARM, ""));
    lab.engine.drives().addVirtual(folder.resolve("drive.img"), 64_000_000);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  void anExpiredReleaseIsFetchedWithAWarningAndShownAsExpired() throws IOException {
    Fetched fetched = fetched(ENDED);
    String words = SCOPE + " 1.0 has been expired since " + ENDED + "; devices refuse it.";
    assertThat(fetched.remarks()).containsExactly(words);
    assertThat(fetched.row().expiredSince()).contains(ENDED);
    assertThat(lab.engine.releases().list())
        .singleElement()
        .satisfies(row -> assertThat(row.expiredSince()).contains(ENDED));
    Detail verified = lab.engine.releases().verify("scope", new Progress(""), new Cancellation());
    assertThat(verified.row().expiredSince()).contains(ENDED);
    assertThat(verified.verdict().isGenuine()).isTrue();
    Path file = folder.resolve("scope.dir");
    assertThat(lab.engine.releases().show(file.toString()).row().expiredSince()).contains(ENDED);
  }

  @Test
  void itDoesNotGoOntoADriveUnlessAReasonIsSaid() throws Exception {
    fetched(ENDED);
    for (List<String> devices : List.of(List.of("D1"), List.<String>of())) {
      for (PlanOrder order : List.of(order(devices, false, ""), order(devices, true, " "))) {
        assertThatThrownBy(() -> lab.engine.drives().plan(order))
            .isInstanceOfSatisfying(
                Problem.class,
                problem -> assertThat(problem.next()).contains("--allow-older \"reason\""))
            .hasMessageContaining("has been expired since " + ENDED);
      }
    }
    String reason = "The device's clock stands.";
    Plan plan = lab.engine.drives().plan(order(List.of("D1"), true, reason));
    assertThat(plan.remarks()).singleElement().asString().contains("devices refuse it");
    lab.engine.drives().write(plan, reason, new Progress(""), new Cancellation()).await();
    Path ledger = folder.resolve("ledger.jsonl");
    lab.engine.fleet().exportLedger(ledger);
    assertThat(ledger).content().contains(reason);
  }

  @Test
  void oneThatEndsWithinThirtyDaysIsPlannedWithAWarning() throws IOException {
    Instant soon = NOW.plus(Duration.ofDays(12));
    assertThat(fetched(soon).row().expiredSince()).isEmpty();
    assertThat(lab.engine.drives().plan(order(List.of("D1"), false, "")).remarks())
        .containsExactly(
            SCOPE
                + " 1.0 is valid until "
                + soon
                + ", 12 days from now; after that devices refuse it.");
  }

  @Test
  void oneThatEndsLaterOrExactlyNowIsNotExpired() throws IOException {
    assertThat(fetched(NOW.plus(Duration.ofDays(31))).remarks()).isEmpty();
    assertThat(lab.engine.drives().plan(order(List.of("D1"), false, "")).remarks()).isEmpty();
    lab.pack("last.dir", SCOPE, "2.0", 2, ARM, NOW);
    assertThat(lab.fetch(folder.resolve("last.dir").toString()).row().expiredSince()).isEmpty();
    assertThat(lab.engine.drives().plan(order(List.of("D1"), false, "")).remarks())
        .singleElement()
        .asString()
        .contains("less than a day from now");
  }

  private Fetched fetched(Instant validUntil) throws IOException {
    lab.pack("scope.dir", SCOPE, "1.0", 1, ARM, validUntil);
    return lab.fetch(folder.resolve("scope.dir").toString());
  }

  private PlanOrder order(List<String> devices, boolean allowOlder, String reason) {
    return new PlanOrder(
        List.of("scope"),
        devices,
        List.of(folder.resolve("drive.img")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        allowOlder,
        reason);
  }
}
