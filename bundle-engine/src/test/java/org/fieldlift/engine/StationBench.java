package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A station whose lab signs releases: what tests of it stand on.
abstract class StationBench {
  static final char[] PASSWORD = "secret".toCharArray();
  static final String PRODUCT = "example.org/lab/scope";

  @TempDir static Path lab;
  @TempDir Path folder;
  Engine engine;

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

  static PlanOrder toBeMade(String release, String device, Path drive, long size) {
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

  String fetched(int version, String platform, int size) throws IOException {
    Path release = folder.resolve("release-" + version + ".tar.gz");
    pack(version, platform, size, release);
    return engine
        .releases()
        .fetch(release.toString(), new Progress(""), new Cancellation())
        .row()
        .id()
        .hex();
  }

  void pack(int version, String platform, int size, Path output) throws IOException {
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

  PlanOrder order(String release, String size, boolean allowOlder, String reason)
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

  List<LaneState> written(Plan plan) throws Exception {
    return engine.drives().write(plan, "", new Progress(""), new Cancellation()).await();
  }
}
