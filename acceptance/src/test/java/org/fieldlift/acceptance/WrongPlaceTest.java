package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    everyCommandRefuses("file for a folder", lab.station(), place, "a file");
    assertThat(place).hasContent("precious");
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
    Fieldlift past = lab.station().through("faketime", "2001-02-03 04:05:06");
    Fieldlift future = lab.station().through("faketime", "2051-02-03 04:05:06");
    future.run("device", "add", "FUTURE").well();
    Program.Said said = past.run("device", "add", "PAST").well();
    past.run("ledger", "check").well();
    lab.station().run("device", "add", "NOW").well();
    lab.station().run("ledger", "check").well();
    assertThat(lab.station().run("device", "list").well().out()).contains("FUTURE", "PAST", "NOW");
    FaultTable.add("clock 25 years behind, then ahead", said, "ledger holds, all devices there");

    Path drive = folder.resolve("drive.img");
    past.run("drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", drive).well();
    lab.station().run("drive", "verify", drive).well();
    StageStore store = new StageStore(folder.resolve("stages"), lab.bundle());
    past.run(Lab.importing(drive, store.folder())).well();
    store.assertHolds();
    FaultTable.add(
        "clock 25 years behind at write and import", "nothing", "drive verifies, bundle whole");
  }

  private void everyCommandRefuses(String fault, Fieldlift station, Path place, String words) {
    Fieldlift there = new Fieldlift(place.resolve("home"), station.through());
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
