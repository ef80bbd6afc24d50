package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two programs that want the same thing at once: both get it, or one does and the other is told.
@ExtendWith(FaultTable.class)
class AtOnceTest {
  @TempDir Path folder;
  private Lab lab;

  @BeforeEach
  void aLab() throws IOException {
    lab = Lab.in(folder, 6);
  }

  @Test
  void everyDeviceOfFourProgramsIsInTheLedger() {
    List<Program.Said> said =
        atOnce(4, number -> lab.station().begin("device", "add", "D-" + number));
    said.forEach(Program.Said::well);
    lab.station().run("ledger", "check").well();
    assertThat(lab.station().run("device", "list").well().out())
        .contains("D-0", "D-1", "D-2", "D-3");
    FaultTable.add("four at once: device add", said.getFirst(), "all four recorded, ledger holds");
  }

  @Test
  void everySourceOfFourProgramsIsThere() {
    List<Program.Said> said =
        atOnce(4, number -> lab.station().begin("source", "add", "s-" + number, folder));
    said.forEach(Program.Said::well);
    assertThat(lab.station().run("source", "list").well().out())
        .contains("s-0", "s-1", "s-2", "s-3");
    FaultTable.add("four at once: source add", said.getFirst(), "all four there");
  }

  @Test
  void anEmptyHomeThatTwoProgramsOpenIsOneStation() {
    Fieldlift fresh = Fieldlift.at(folder.resolve("fresh"));
    List<Program.Said> said = atOnce(2, number -> fresh.begin("device", "add", "D-" + number));
    said.forEach(Program.Said::well);
    assertThat(fresh.run("ledger", "check").well().out()).contains("of 1 station.");
    FaultTable.add("two at once: a new home", said.getFirst(), "one key, one chain, both devices");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.forklift-bundle", "out.forklift-bundle.tar.gz"})
  void twoPacksOfOneOutputMakeItWhole(String name) throws IOException {
    Path right = lab.packed("right-" + name);
    Path output = folder.resolve("outputs").resolve(name);
    Files.createDirectory(Objects.requireNonNull(output.getParent()));
    List<Program.Said> said = atOnce(2, number -> lab.station().begin(lab.packing(output)));
    Program.Said loser = said.get(said.getFirst().code() == 0 ? 1 : 0);
    assertThat(said).anyMatch(each -> each.code() == 0);
    if (loser.code() != 0) loser.refused(loser.code(), "already");
    if (Files.isDirectory(right)) Trees.assertSame(right, output);
    else assertThat(Files.mismatch(right, output)).isEqualTo(-1);
    Leftovers.assertNone(Objects.requireNonNull(output.getParent()));
    FaultTable.add("two at once: pack to " + name, loser, "the output, whole");
  }

  @Test
  void twoFetchesIntoOneStoreBringOneRelease() throws IOException {
    Path release = lab.packed("scope.forklift-bundle");
    List<Program.Said> said = atOnce(2, number -> lab.station().begin("release", "fetch", release));
    assertThat(said).anyMatch(each -> each.code() == 0);
    Program.Said loser = said.get(said.getFirst().code() == 0 ? 1 : 0);
    if (loser.code() != 0) loser.refused(1, "is busy");
    lab.station().run("release", "verify", Lab.PRODUCT).well();
    lab.station().run("ledger", "check").well();
    Leftovers.assertNone(lab.station().home());
    FaultTable.add("two at once: release fetch", loser, "release whole");
  }

  @Test
  void twoWritersOfOneDriveLeaveItComplete() throws IOException {
    lab.station().run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
    Path drive = folder.resolve("drive.img");
    Object[] write = {
      "drive", "write", "-r", Lab.PRODUCT, "--yes", "--size", "64MB", "--to", drive
    };
    List<Program.Said> said = atOnce(2, number -> lab.station().begin(write));
    assertThat(said).anyMatch(each -> each.code() == 0);
    Program.Said loser = said.get(said.getFirst().code() == 0 ? 1 : 0);
    if (loser.code() != 0) {
      assertThat(loser.code()).isIn(1, 4);
      loser.refused(loser.code(), drive.toString());
    }
    lab.station().run("drive", "verify", drive).well();
    FaultTable.add("two at once: drive write", loser, "drive complete");
  }

  @Test
  void twoImportsOfOneReleaseMakeOneBundle() throws IOException {
    Path release = lab.packed("scope.forklift-bundle");
    StageStore store = new StageStore(folder.resolve("stages"), lab.bundle());
    Object[] into = Lab.importing(release, store.folder());
    List<Program.Said> said = atOnce(2, number -> lab.station().begin(into));
    assertThat(said).anyMatch(each -> each.code() == 0);
    Program.Said loser = said.get(said.getFirst().code() == 0 ? 1 : 0);
    if (loser.code() != 0) loser.refused(4, "Another import into");
    store.assertHolds();
    FaultTable.add("two at once: stage import-bundle", loser, "one bundle, whole and next");
  }

  private interface Beginning {
    Fieldlift.Running of(int number);
  }

  private static List<Program.Said> atOnce(int programs, Beginning beginning) {
    List<Fieldlift.Running> running = IntStream.range(0, programs).mapToObj(beginning::of).toList();
    return running.stream().map(Fieldlift.Running::end).toList();
  }
}
