package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Killed at any moment, nothing is lost and nothing is half; the same command run again finishes.
@ExtendWith(FaultTable.class)
class KillTest {
  private static final Pattern PART = Pattern.compile("\"sha256\"\\s*:\\s*\"([0-9a-f]{64})\"");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"scope.forklift-bundle", "scope.forklift-bundle.tar.gz"})
  void aFetchThatWasKilledGoesOn(String form) throws IOException {
    Lab lab = Lab.in(folder, 6);
    Path www = Files.createDirectory(folder.resolve("www"));
    lab.packed("www/" + form);
    lab.station().run("release", "index", www).well();
    try (WebServer server = WebServer.slow(www)) {
      Fieldlift fresh = Fieldlift.at(folder.resolve("fresh"));
      lab.trust(fresh);
      fresh.run("source", "add", "lab", server.address()).well();
      Object[] fetch = {"release", "fetch", Lab.PRODUCT};
      Fieldlift measured = Leftovers.copy(fresh, folder.resolve("measured"));
      Kills kills = Kills.of("fetch " + form, 2, folder, () -> measured.worksFor(fetch));
      Fieldlift station = Leftovers.copy(fresh, folder.resolve("station-to-kill"));
      Path store = station.home().resolve("store");
      kills.strike(
          time -> station.killedAfter(time, fetch),
          said -> storeOf(station),
          () -> {
            station.run(fetch).well();
            station.run("release", "verify", Lab.PRODUCT).well();
            assertThat(storeOf(station)).isEqualTo("release whole");
            Path ledger = folder.resolve("ledger.jsonl");
            station.run("ledger", "export", ledger).well();
            assertThat(Files.readString(ledger)).containsOnlyOnce("release-admitted");
            Leftovers.assertNone(station.home());
            Leftovers.delete(station.home());
            Leftovers.copy(fresh, station.home());
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".forklift-bundle", ".forklift-bundle.tar.gz"})
  void aPackThatWasKilledLeavesNothingOrAllOfIt(String form) throws IOException {
    Lab lab = Lab.in(folder, 12);
    Path right = lab.packed("right" + form);
    Path outputs = Files.createDirectory(folder.resolve("outputs"));
    Path output = outputs.resolve("out" + form);
    Path measured = outputs.resolve("measured" + form);
    Kills kills =
        Kills.of("pack " + form, 2, folder, () -> lab.station().worksFor(lab.packing(measured)));
    kills.strike(
        time -> lab.station().killedAfter(time, lab.packing(output)),
        said -> {
          if (!Files.exists(output)) return "output absent";
          assertSame(right, output);
          Leftovers.delete(output);
          return "output whole";
        },
        () -> {
          lab.station().run(lab.packing(output)).well();
          assertSame(right, output);
          lab.station().run(lab.packing(output)).refused(2, "exists already");
          Leftovers.delete(output);
          Leftovers.assertNone(outputs);
        });
  }

  @Test
  void aDriveWhoseWritingWasKilledIsBlankOrComplete() throws IOException {
    Lab lab = Lab.in(folder, 8);
    lab.station().run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
    Path drive = folder.resolve("drive.img");
    Object[] write = {
      "drive", "write", "-r", Lab.PRODUCT, "--yes", "--size", "64MB", "--to", drive
    };
    Kills kills = Kills.of("drive write", 1, folder, () -> lab.station().worksFor(write));
    kills.strike(
        time -> lab.station().killedAfter(time, write),
        said -> stateOf(drive, lab.station()),
        () -> {
          lab.station().run(write).well();
          assertThat(stateOf(drive, lab.station())).isEqualTo("complete");
          Leftovers.assertNone(folder);
          if (kills.round() % 2 == 0) Files.delete(drive);
        });
  }

  @Test
  void anImportThatWasKilledLeavesAStoreForkliftCanUse() throws IOException {
    Lab lab = Lab.in(folder, 8);
    Path release = lab.packed("scope.forklift-bundle");
    Fieldlift fresh = Leftovers.copy(lab.station(), folder.resolve("fresh"));
    Fieldlift measured = Leftovers.copy(fresh, folder.resolve("measured"));
    Path stages = folder.resolve("stages");
    Object[] into = Lab.importing(release, stages);
    Kills kills = Kills.of("stage import-bundle", 1, folder, () -> measured.worksFor(into));
    StageStore store = new StageStore(stages, lab.bundle());
    store.assertHolds();
    Leftovers.delete(stages);
    Fieldlift device = Leftovers.copy(fresh, folder.resolve("device"));
    kills.strike(
        time -> device.killedAfter(time, into),
        said -> store.state(),
        () -> {
          device.run(into).well();
          store.assertHolds();
          Leftovers.assertNone(device.home());
          Leftovers.delete(stages);
          Leftovers.delete(device.home());
          Leftovers.copy(fresh, device.home());
        });
  }

  @Test
  void aDeviceThatWasAcknowledgedIsInTheLedgerForEver() throws IOException {
    Fieldlift measured = Fieldlift.at(folder.resolve("measured"));
    Kills kills = Kills.of("device add", 1, folder, () -> measured.worksFor("device", "add", "X"));
    Fieldlift station = Fieldlift.at(folder.resolve("station"));
    Set<String> acknowledged = new TreeSet<>();
    kills.strike(
        time -> station.killedAfter(time, "device", "add", "K-" + kills.round()),
        said -> {
          boolean isAcknowledged = said.err().contains("Added K-" + kills.round());
          if (isAcknowledged) acknowledged.add("K-" + kills.round());
          return isAcknowledged ? "acknowledged" : "not acknowledged";
        },
        () -> {
          station.run("ledger", "check").well();
          String last = "K-" + kills.round();
          station.run("device", "add", last).well();
          acknowledged.add(last);
          assertThat(station.run("device", "list").well().out().lines().map(String::strip))
              .containsAll(acknowledged);
          Leftovers.assertNone(station.home());
          if (kills.round() % 2 == 0) return;
          Leftovers.delete(station.home());
          acknowledged.clear();
        });
  }

  /// Every part is what its name says, and a release has them all.
  private static String storeOf(Fieldlift station) throws IOException {
    Path store = station.home().resolve("store");
    if (!Files.exists(store.resolve("parts"))) return "no store yet";
    Set<String> parts = new TreeSet<>();
    try (var all = Files.newDirectoryStream(store.resolve("parts"))) {
      for (Path part : all) parts.add(Digests.of(part));
      assertThat(store.resolve("parts").toFile().list()).containsExactlyInAnyOrderElementsOf(parts);
    }
    try (var releases = Files.newDirectoryStream(store.resolve("releases"))) {
      for (Path release : releases) {
        Matcher needed = PART.matcher(Files.readString(release.resolve("parts.json")));
        while (needed.find()) assertThat(parts).contains(needed.group(1));
        return "release whole";
      }
    }
    return parts.isEmpty() ? "no part yet" : "some parts, no release";
  }

  private static String stateOf(Path drive, Fieldlift station) throws IOException {
    if (!Files.exists(drive)) return "not made yet";
    assertThat(Files.size(drive)).isEqualTo(64_000_000);
    byte[] sector = new byte[512];
    try (var in = Files.newInputStream(drive)) {
      assertThat(in.readNBytes(sector, 0, sector.length)).isEqualTo(sector.length);
    }
    if (Arrays.equals(sector, new byte[512])) return "blank";
    station.run("drive", "verify", drive).well();
    return "complete";
  }

  private static void assertSame(Path right, Path output) throws IOException {
    if (Files.isDirectory(right)) Trees.assertSame(right, output);
    else assertThat(Files.mismatch(right, output)).isEqualTo(-1);
  }
}
