package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f]{64})\"");

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
      Kills kills = Kills.of("fetch " + form, 2, folder, () -> measured.run(fetch).well());
      while (kills.goOn()) {
        Fieldlift station = Leftovers.copy(fresh, folder.resolve("station-" + kills.round()));
        kills.strike(time -> station.killedAfter(time, fetch));
        kills.found(storeOf(station));
        station.run(fetch).well();
        assertThat(storeOf(station)).isEqualTo("release whole");
        Path ledger = folder.resolve("ledger.jsonl");
        station.run("ledger", "export", ledger).well();
        assertThat(Files.readString(ledger)).containsOnlyOnce("release-admitted");
        Leftovers.assertNone(station.home());
        Leftovers.delete(station.home());
      }
      kills.report();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".forklift-bundle", ".forklift-bundle.tar.gz"})
  void aPackThatWasKilledLeavesNothingOrAllOfIt(String form) throws IOException {
    Lab lab = Lab.in(folder, 12);
    Path right = lab.packed("right" + form);
    Path outputs = Files.createDirectory(folder.resolve("outputs"));
    Path output = outputs.resolve("out" + form);
    Kills kills = Kills.of("pack " + form, 2, folder, () -> lab.packed("outputs/measured" + form));
    while (kills.goOn()) {
      Leftovers.delete(output);
      kills.strike(time -> lab.station().killedAfter(time, lab.packing(output)));
      boolean isThere = Files.exists(output);
      kills.found(isThere ? "output whole" : "output absent");
      if (isThere) lab.station().run("release", "verify", output).well();
      else lab.station().run(lab.packing(output)).well();
      assertSame(right, output);
      if (isThere) lab.station().run(lab.packing(output)).refused(2, "exists already");
      else Leftovers.assertNone(outputs);
    }
    kills.report();
  }

  @Test
  void aDriveWhoseWritingWasKilledIsBlankOrComplete() throws IOException {
    Lab lab = Lab.in(folder, 8);
    lab.station().run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
    Path drive = folder.resolve("drive.img");
    Object[] write = {
      "drive", "write", "-r", Lab.PRODUCT, "--yes", "--size", "64MB", "--to", drive
    };
    Kills kills = Kills.of("drive write", 1, folder, () -> lab.station().run(write).well());
    while (kills.goOn()) {
      if (kills.round() % 3 == 1) Files.delete(drive);
      kills.strike(time -> lab.station().killedAfter(time, write));
      kills.found(stateOf(drive, lab.station()));
      lab.station().run(write).well();
      assertThat(stateOf(drive, lab.station())).isEqualTo("complete");
      Leftovers.assertNone(lab.station().home());
    }
    try (var beside = Files.list(folder)) {
      assertThat(beside.map(Path::toString)).noneMatch(name -> name.endsWith("fieldlift-new"));
    }
    kills.report();
  }

  @Test
  void anImportThatWasKilledLeavesAStoreForkliftCanUse() throws IOException {
    Lab lab = Lab.in(folder, 8);
    Path release = lab.packed("scope.forklift-bundle");
    Fieldlift fresh = Leftovers.copy(lab.station(), folder.resolve("fresh"));
    Fieldlift measured = Leftovers.copy(fresh, folder.resolve("measured"));
    Path stages = folder.resolve("stages");
    Object[] into = Lab.importing(release, stages);
    Kills kills = Kills.of("stage import-bundle", 1, folder, () -> measured.run(into).well());
    StageStore store = new StageStore(stages, lab.bundle());
    store.assertHolds();
    while (kills.goOn()) {
      Leftovers.delete(stages);
      Fieldlift device = Leftovers.copy(fresh, folder.resolve("device-" + kills.round()));
      kills.strike(time -> device.killedAfter(time, into));
      kills.found(store.state());
      device.run(into).well();
      store.assertHolds();
      Leftovers.assertNone(device.home());
      Leftovers.delete(device.home());
    }
    kills.report();
  }

  @Test
  void aDeviceThatWasAcknowledgedIsInTheLedgerForEver() throws IOException {
    Fieldlift measured = Fieldlift.at(folder.resolve("measured"));
    Kills kills =
        Kills.of("device add", 1, folder, () -> measured.run("device", "add", "X").well());
    List<String> acknowledged = new ArrayList<>();
    Fieldlift station = measured;
    while (kills.goOn()) {
      if (kills.round() % 3 == 0) {
        station = Fieldlift.at(folder.resolve("station-" + kills.round()));
        acknowledged.clear();
      }
      Fieldlift here = station;
      String device = "K-" + kills.round();
      Program.Said said = kills.strike(time -> here.killedAfter(time, "device", "add", device));
      boolean isAcknowledged = said.err().contains("Added " + device);
      if (isAcknowledged) acknowledged.add(device);
      here.run("ledger", "check").well();
      String devices = here.run("device", "list", "--json").well().out();
      assertThat(acknowledged).allMatch(each -> devices.contains("\"" + each + "\""));
      kills.found(
          devices.contains("\"" + device + "\"")
              ? "device recorded" + (isAcknowledged ? ", acknowledged" : "")
              : "device not recorded");
      here.run("device", "add", device).well();
      acknowledged.add(device);
      Leftovers.assertNone(here.home());
    }
    kills.report();
  }

  /// Answers, and every release it lists is whole.
  private static String storeOf(Fieldlift station) {
    Matcher ids = ID.matcher(station.run("release", "list", "--json").well().out());
    String state = "no release";
    while (ids.find()) {
      if (!Files.exists(station.home().resolve("store/releases").resolve(ids.group(1)))) continue;
      station.run("release", "verify", ids.group(1)).well();
      state = "release whole";
    }
    return state;
  }

  private static String stateOf(Path drive, Fieldlift station) throws IOException {
    if (!Files.exists(drive)) return "not made yet";
    assertThat(Files.size(drive)).isEqualTo(64_000_000);
    byte[] sector = new byte[512];
    try (var in = Files.newInputStream(drive)) {
      assertThat(in.readNBytes(sector, 0, sector.length)).isEqualTo(sector.length);
    }
    if (java.util.Arrays.equals(sector, new byte[512])) return "blank";
    station.run("drive", "verify", drive).well();
    return "complete";
  }

  private static void assertSame(Path right, Path output) throws IOException {
    if (Files.isDirectory(right)) Trees.assertSame(right, output);
    else assertThat(Files.mismatch(right, output)).isEqualTo(-1);
  }
}
