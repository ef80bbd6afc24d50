package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Places that cannot be written, and clocks that are wrong: told in words, nothing touched.
@ExtendWith(FaultTable.class)
class WrongPlaceTest {
  private static final String NOBODY = "65534";

  @TempDir Path folder;
  private Lab lab;
  private Path release;

  @BeforeEach
  void aReleaseThatIsHere() throws IOException {
    lab = Lab.in(folder, 1);
    release = lab.packed("scope.forklift-bundle");
    lab.station().run("release", "fetch", release).well();
  }

  @Test
  void aWriteProtectedDiskIsCalledSo() throws IOException {
    Path place = folder.resolve("place");
    try (Mount mount = Mount.memory(place, "size=1m,ro")) {
      everyCommandRefuses("write-protected disk", lab.station(), mount.folder(), "write-protected");
      assertThat(place).isEmptyDirectory();
    }
  }

  @Test
  void aFileWhereAFolderShouldBeIsCalledSo() throws IOException {
    Path place = Files.writeString(folder.resolve("place"), "precious");
    everyCommandRefuses("file for a folder", lab.station(), place, "There is a file at " + place);
    assertThat(place).hasContent("precious");
  }

  @Test
  void aStationWithAFileForOneOfItsFoldersNamesIt() throws IOException {
    List<String> list = List.of("store: release", "key: device", "trust: trust", "device: device");
    for (String each : list) {
      String[] word = each.split(": ", -1);
      Fieldlift station = Leftovers.copy(lab.station(), folder.resolve("file-for-" + word[0]));
      Path place = station.home().resolve(word[0]);
      Leftovers.delete(place);
      Files.writeString(place, "precious");
      Program.Said said =
          station.run(word[1], "list").refused(1, "There is a file at " + place + " already");
      assertThat(place).hasContent("precious");
      FaultTable.add("file for a folder: station's " + word[0], said, "file untouched");
    }
  }

  @Test
  void aStationWithAFolderForOneOfItsFilesNamesIt() throws IOException {
    List<String> list =
        List.of(
            "station.json: device",
            "ledger.db: device",
            "sources.json: source",
            "drives.json: drive",
            "key/station.key: device");
    for (String each : list) {
      String[] word = each.split(": ", -1);
      String name = word[0].replace('/', '-');
      Fieldlift station = Leftovers.copy(lab.station(), folder.resolve("folder-for-" + name));
      Path place = station.home().resolve(word[0]);
      Leftovers.delete(place);
      Files.createFile(Files.createDirectory(place).resolve("precious"));
      Program.Said said = station.run(word[1], "list").refused(1, "folder");
      assertThat(said.err()).contains(place.toString());
      assertThat(place.resolve("precious")).exists();
      FaultTable.add("folder for a file: station's " + word[0], said, "folder untouched");
    }
  }

  @Test
  void aStationWhoseDiskBecameWriteProtectedSaysSoAndKeepsAll() throws IOException {
    Path place = folder.resolve("place");
    try (Mount mount = Mount.memory(place, "size=8m")) {
      Fieldlift station = Fieldlift.at(place.resolve("home"));
      station.run("device", "add", "A").well();
      mount.change("ro");
      Program.Said said = station.run("device", "add", "B").refused(1, "write-protected");
      assertThat(said.err()).contains(place.toString());
      mount.change("rw");
      station.run("ledger", "check").well();
      station.run("device", "add", "B").well();
      assertThat(station.run("device", "list").well().out()).contains("A", "B");
      FaultTable.add("disk becomes write-protected: home", said, "device A kept, B not recorded");
    }
  }

  @Test
  void aPlaceThatIsNotOursIsCalledSo() throws IOException {
    Program.needsRoot();
    Program.needs("setpriv");
    Path classes = Program.root().resolve("command-line/target/classes");
    String[] nobody = {"setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"};
    boolean canRead =
        Program.run(nobody[0], nobody[1], nobody[2], nobody[3], nobody[4], nobody[5], "ls", classes)
                .code()
            == 0;
    Assumptions.assumeTrue(canRead, "another user cannot read this checkout");
    Path place = Files.createDirectory(folder.resolve("place"));
    Program.run("chmod", "755", folder, place).well();
    Program.run("chown", "-R", NOBODY + ":" + NOBODY, lab.station().home(), release).well();
    Program.run("chmod", "644", folder.resolve("lab.key")).well();
    everyCommandRefuses(
        "another user's folder", lab.station().through(nobody), place, "This user may not");
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void aClockThatIsFarOffLosesNothingAndMakesNothingInvalid() throws IOException {
    Program.needs("faketime");
    Fieldlift past = lab.station().through("faketime", "1970-01-01 00:00:10");
    Fieldlift future = lab.station().through("faketime", "2100-12-31 23:59:00");
    future.run("device", "add", "FUTURE").well();
    Program.Said said = past.run("device", "add", "PAST").well();
    past.run("ledger", "check").well();
    lab.station().run("device", "add", "NOW").well();
    lab.station().run("ledger", "check").well();
    assertThat(lab.station().run("device", "list").well().out()).contains("FUTURE", "PAST", "NOW");
    FaultTable.add(
        "clock in 2100, then in 1970: device add", said, "ledger holds, all devices there");

    Path drive = folder.resolve("drive.img");
    for (Fieldlift wrong : List.of(past, future)) {
      wrong
          .run("drive", "write", "-r", Lab.PRODUCT, "--yes", "--size", "64MB", "--to", drive)
          .well();
      lab.station().run("drive", "verify", drive).well();
      StageStore store = new StageStore(folder.resolve("stages"), lab.bundle());
      Program.Said imported = wrong.run(Lab.importing(drive, store.folder())).well();
      store.assertHolds();
      Leftovers.delete(store.folder());
      FaultTable.add(
          "clock in " + (wrong == past ? "1970" : "2100") + ": write and import",
          imported,
          "drive verifies, bundle whole");
    }
  }

  private void everyCommandRefuses(String fault, Fieldlift station, Path place, String words) {
    Fieldlift there = station.with(place.resolve("home"));
    told(fault + ": home", there.run("device", "add", "X"), place, words, 1, 1);
    told(fault + ": pack", station.run(lab.packing(place.resolve("out.tar.gz"))), place, words, 1);
    told(fault + ": pack", station.run(lab.packing(place.resolve("out"))), place, words, 1);
    Object[] write = {
      "drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", place.resolve("drive.img")
    };
    told(fault + ": drive write", station.run(write), place, words, 1, 4);
    told(
        fault + ": import",
        station.run(Lab.importing(release, place.resolve("stages"))),
        place,
        words,
        1,
        4);
  }

  private static void told(
      String fault, Program.Said said, Path place, String words, Integer... codes) {
    assertThat(said.code()).as("%s: %s", fault, said).isIn((Object[]) codes);
    said.refused(said.code(), words);
    assertThat(said.err()).contains(place.toString());
    assertThat(said.err().strip().lines().count()).as(said.err()).isGreaterThanOrEqualTo(2);
    FaultTable.add(fault, said, "nothing made");
  }
}
