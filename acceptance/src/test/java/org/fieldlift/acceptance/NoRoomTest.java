package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A disk that is full in the middle of the work: the user is told which, nothing half is left, and
/// with room the same command works.
@ExtendWith(FaultTable.class)
class NoRoomTest {
  @TempDir Path folder;
  private Path small;

  @BeforeEach
  void root() {
    Program.needsRoot();
    small = folder.resolve("small");
  }

  @Test
  void aStationThatCannotBeginSaysSo() throws IOException {
    Fieldlift station = Fieldlift.at(small);
    try (Mount mount = Mount.memory(small, "size=16k")) {
      Program.Said said = station.run("device", "add", "X").refused(1, "is full");
      assertThat(said.err()).contains(small.toString());
      mount.change("size=8m");
      station.run("device", "add", "X").well();
      station.run("ledger", "check").well();
      FaultTable.add("no room: a new station's home", said, "begun again with room, ledger holds");
    }
  }

  @Test
  void aLedgerWithoutRoomRecordsNothingAndLosesNothing() throws IOException {
    Fieldlift station = Fieldlift.at(small);
    try (Mount mount = Mount.memory(small, "size=4m")) {
      station.run("device", "add", "A").well();
      Path filler = mount.fill();
      Program.Said said = station.run("device", "add", "B").refused(1, "disk is full");
      Files.delete(filler);
      station.run("ledger", "check").well();
      assertThat(station.run("device", "list").well().out()).contains("A").doesNotContain("B");
      station.run("device", "add", "B").well();
      assertThat(station.run("device", "list").well().out()).contains("A", "B");
      Leftovers.assertNone(small);
      FaultTable.add("no room: ledger", said, "device A kept, B not recorded; B added with room");
    }
  }

  @ParameterizedTest
  @CsvSource({"memory, out.forklift-bundle", "ext4, out.forklift-bundle.tar.gz"})
  void anOutputWithoutRoomIsAbsent(String disk, String name) throws IOException {
    Lab lab = Lab.in(folder, 6);
    Path output = small.resolve(name);
    boolean isMemory = disk.equals("memory");
    try (Mount mount = isMemory ? Mount.memory(small, "size=48m") : Mount.ext4(small, 56)) {
      Path filler = Files.write(small.resolve("filler"), new byte[20 << 20]);
      Program.Said said = lab.station().run(lab.packing(output)).refused(1, "is full");
      assertThat(said.err()).contains(output.toString()).contains("Make room");
      assertThat(output).doesNotExist();
      Leftovers.assertNone(mount.folder());
      Files.delete(filler);
      lab.station().run(lab.packing(output)).well();
      lab.station().run("release", "verify", output).well();
      FaultTable.add("no room: output of pack (" + name + ")", said, "absent; whole with room");
    }
  }

  @Test
  void oneFileIsPackedWithRoomForItsReleaseAndNoMore() throws IOException {
    Lab lab = Lab.in(folder, 1);
    Path file = lab.bundle().resolve("exports/models/model-1.bin");
    try (Mount mount = Mount.memory(small, "size=3m")) {
      Path output = small.resolve("os.tar.gz");
      List<Object> pack =
          new ArrayList<>(List.of("release", "pack", "--kind", "file", "--release-version", "1"));
      pack.addAll(List.of("--product", "example.org/os", file, output));
      Program.Said said = lab.station().run(pack.toArray()).refused(1, "is full");
      assertThat(said.err()).contains(output.toString());
      assertThat(small).isEmptyDirectory();
      mount.change("size=6m");
      lab.station().run(pack.toArray()).well();
      FaultTable.add("no room: pack of one file", said, "output folder empty; whole with room");
    }
  }

  @Test
  void aFetchThatFillsTheDiskStopsAtOnceAndGoesOnLater() throws IOException, InterruptedException {
    Lab lab = Lab.in(folder, 8);
    Path www = Files.createDirectory(folder.resolve("www"));
    lab.packed("www/scope.forklift-bundle");
    lab.station().run("release", "index", www).well();
    Fieldlift station = Fieldlift.at(small);
    try (Mount mount = Mount.memory(small, "size=160m");
        WebServer server = WebServer.slow(www)) {
      lab.trust(station);
      station.run("source", "add", "lab", server.address()).well();
      long before = server.sent();
      var fetching = station.begin("release", "fetch", Lab.PRODUCT);
      while (server.sent() < before + (6 << 20) && fetching.process().isAlive()) Thread.sleep(5);
      Path filler = mount.fill();
      Program.Said said = fetching.end().refused(1, "is full");
      Files.delete(filler);
      assertThat(station.run("release", "list", "--json").well().out()).doesNotContain("\"here\"");
      station.run("ledger", "check").well();
      long first = server.sent();
      station.run("release", "fetch", Lab.PRODUCT).well();
      station.run("release", "verify", Lab.PRODUCT).well();
      assertThat(server.sent() - first).as("what had come is used").isLessThan(40L << 20);
      Leftovers.assertNone(small);
      FaultTable.add(
          "no room: release store, while fetching", said, "no release; went on with room");
    }
  }

  @Test
  void aVirtualDriveWithoutRoomBelowItStaysBlank() throws IOException {
    Lab lab = Lab.in(folder, 6);
    lab.station().run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
    try (Mount mount = Mount.memory(small, "size=12m")) {
      Path drive = small.resolve("drive.img");
      Object[] write = {"drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", drive};
      Program.Said said = lab.station().run(write).refused(4, "is full");
      try (var in = Files.newInputStream(drive)) {
        assertThat(in.readNBytes(512)).containsOnly(0);
      }
      mount.change("size=80m");
      lab.station().run(write).well();
      lab.station().run("drive", "verify", drive).well();
      FaultTable.add("no room: disk below a virtual drive", said, "drive blank; written with room");
    }
  }

  @Test
  void aTemporaryFolderWithoutRoomIsNotNeeded() throws IOException {
    Lab lab = Lab.in(folder, 1);
    try (Mount mount = Mount.memory(small, "size=4k")) {
      Path filler = mount.fill();
      Fieldlift station = lab.station().withTemporary(small);
      Path release = folder.resolve("scope.forklift-bundle.tar.gz");
      station.run(lab.packing(release)).well();
      station.run("release", "fetch", release).well();
      Path drive = folder.resolve("drive.img");
      station.run("drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", drive).well();
      StageStore store = new StageStore(folder.resolve("stages"), lab.bundle());
      Program.Said said = station.run(Lab.importing(drive, store.folder())).well();
      store.assertHolds();
      assertThat(small.toFile().list()).containsExactly(filler.getFileName().toString());
      FaultTable.add("no room: temporary folder", said, "packed, fetched, written, imported");
    }
  }

  @Test
  void aStageStoreWithoutRoomKeepsNothingOfTheBundle() throws IOException {
    Lab lab = Lab.in(folder, 2);
    Path release = lab.packed("scope.forklift-bundle");
    try (Mount mount = Mount.memory(small, "size=60m,nr_inodes=100")) {
      StageStore store = new StageStore(small.resolve("stages"), lab.bundle());
      Object[] into = Lab.importing(release, store.folder());
      Program.Said bytes = lab.station().run(into).refused(4, "of room in");
      assertThat(store.state()).isEqualTo("no bundle");
      FaultTable.add("no room: stage store, seen beforehand", bytes, "no bundle");
      mount.change("size=200m");
      Program.Said files = lab.station().run(into).refused(4, "is full");
      assertThat(store.state()).isEqualTo("no bundle");
      mount.change("nr_inodes=10000");
      lab.station().run(into).well();
      store.assertHolds();
      FaultTable.add("no room: stage store, in the middle", files, "no bundle; imported with room");
    }
  }

  @Test
  void aSwitchWithoutRoomChangesNothingAndOneThatRanOutOfItIsFinished() throws IOException {
    Program.needs("git");
    Path release = folder.resolve("release");
    Fieldlift device = Fieldlift.at(folder.resolve("device"));
    try (LabWorkspace lab = LabWorkspace.in(folder.resolve("lab"))) {
      List<Object> export =
          new ArrayList<>(List.of("stage", "export-bundle", "next", release, "--key", lab.key()));
      export.addAll(List.of("--workspace", lab.root(), "--platform", LabWorkspace.PLATFORM));
      export.addAll(lab.mirrors());
      lab.station().run(export.toArray()).well();
      lab.trust(device);
    }
    Path stages = folder.resolve("stages");
    List<Object> words =
        new ArrayList<>(List.of("plt", "switch", "--from-bundle", release, "--workspace", small));
    words.addAll(List.of("--stage-store", stages, "--platform", LabWorkspace.PLATFORM));
    Object[] back = words.toArray();
    try (Mount mount = Mount.memory(small, "size=48m")) {
      Program.Said said = device.run(back).refused(4, "of room in " + small);
      assertThat(small).isEmptyDirectory();
      FaultTable.add("no room: switch, seen beforehand", said, "workspace untouched");
      mount.change("size=200m,nr_inodes=40");
      Program.Said midway = device.run(back).refused(1, "is full");
      assertThat(midway.err()).contains(small.toString());
      Leftovers.assertNone(small);
      mount.change("nr_inodes=10000");
      device.run(back).well();
      Path pallet = small.resolve(".local/share/forklift/pallet");
      Program.run("git", "-c", "safe.directory=*", "-C", pallet, "fsck").well();
      Leftovers.assertNone(small);
      FaultTable.add("no room: switch, in the middle", midway, "finished with room");
    }
  }
}
