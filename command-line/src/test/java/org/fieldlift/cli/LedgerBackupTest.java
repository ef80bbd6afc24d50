package org.fieldlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.fieldlift.cli.TestStation.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The backup that the user guide prescribes, and every way back from it.
class LedgerBackupTest {
  @TempDir Path folder;

  private TestStation lab;
  private Path backup;

  @BeforeEach
  void aStationWithABackup() throws IOException {
    lab = new TestStation(folder.resolve("lab"));
    backup = folder.resolve("backup.jsonl");
    well(lab, "device", "add", "SCOPE-17", "--site", "RV Meridian");
    well(lab, "device", "add", "SCOPE-18");
    well(lab, "ledger", "export", backup.toString());
    assertThat(Files.readAllLines(backup)).hasSize(3);
  }

  @Test
  void aNewComputerWithTheKeyTakesTheBackupInAndGoesOn() throws IOException {
    TestStation anew = new TestStation(folder.resolve("new"));
    Files.createDirectories(anew.home().resolve("trust"));
    copyFolder(lab.home().resolve("key"), anew.home().resolve("key"));
    assertThat(anew.run("manifest", "show").code()).isZero();
    assertThat(anew.run("ledger", "check").code()).isZero();

    assertThat(well(anew, "ledger", "import", backup.toString()).err()).contains("3 events");
    assertThat(well(anew, "manifest", "show").out()).contains("SCOPE-17", "RV Meridian");
    well(anew, "device", "add", "SCOPE-19");
    assertThat(well(anew, "ledger", "check").out()).contains("4 events of 1 station");
  }

  @Test
  void aLostLedgerIsToldAtOnceAndTheBackupBringsItBack() throws IOException {
    loseTheLedger();
    for (String command : new String[] {"manifest show", "device add X", "device list"}) {
      Said said = lab.run(command.split(" "));
      assertThat(said.code()).as(command).isEqualTo(3);
      assertThat(said.err())
          .as(command)
          .contains("there were 3, now there are 0", "fieldlift ledger import");
    }
    assertThat(lab.run("ledger", "check").code()).isEqualTo(3);
    assertThat(lab.run("ledger", "export", folder.resolve("x").toString()).code()).isEqualTo(3);

    assertThat(well(lab, "ledger", "import", backup.toString()).err()).contains("3 events");
    well(lab, "device", "add", "SCOPE-19");
    assertThat(well(lab, "ledger", "check").out()).contains("4 events of 1 station");
  }

  @Test
  void aBackupWithoutTheNewestEventsIsTakenInOnlyWhenThePersonGivesThemUp() throws IOException {
    well(lab, "device", "add", "SCOPE-19");
    loseTheLedger();
    Said refused = lab.run("ledger", "import", backup.toString());
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("there were 4, now there are 3", "nothing was taken in");
    assertThat(lab.run("manifest", "show").err()).contains("now there are 0");

    Files.delete(lab.home().resolve("ledger.db.head"));
    well(lab, "ledger", "import", backup.toString());
    assertThat(well(lab, "manifest", "show").out()).contains("SCOPE-18").doesNotContain("SCOPE-19");
  }

  @Test
  void eventsThatAnotherStationHasComeBackFromThere() throws IOException {
    well(lab, "device", "add", "SCOPE-19");
    Path newer = folder.resolve("newer.jsonl");
    well(lab, "ledger", "export", newer.toString());
    TestStation ship = new TestStation(folder.resolve("ship"));
    well(ship, "device", "add", "SHIP-1");
    well(ship, "ledger", "import", newer.toString());
    Path ships = folder.resolve("ships.jsonl");
    well(ship, "ledger", "export", ships.toString());

    loseTheLedger();
    well(lab, "ledger", "import", ships.toString());
    assertThat(well(lab, "ledger", "check").out()).contains("6 events of 2 stations");
  }

  @Test
  void whatTwoStationsSayDifferentlyIsToldAndSettledByEither() throws IOException {
    TestStation ship = new TestStation(folder.resolve("ship"));
    well(ship, "device", "add", "SCOPE-17", "--name", "Mine");
    String dispute = "Device \"SCOPE-17\" was added twice";
    assertThat(well(ship, "ledger", "import", backup.toString()).err()).contains(dispute);
    assertThat(well(ship, "manifest", "show").err()).contains(dispute);
    Said again = ship.run("device", "add", "SCOPE-17", "--name", "Right");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("device add --replace");
    well(ship, "device", "add", "SCOPE-17", "--name", "Right", "--replace");
    assertThat(well(ship, "manifest", "show").err()).isEmpty();
    assertThat(well(ship, "device", "list").out()).contains("Right");
  }

  /// The device is another station's: the first word about it would be only a question.
  @Test
  void aDeviceIsCorrectedByOneCommandWhoeverAddedIt() throws IOException {
    TestStation ship = new TestStation(folder.resolve("ship"));
    well(ship, "ledger", "import", backup.toString());
    well(ship, "device", "add", "SCOPE-18", "--platform", "linux/amd64", "--replace");
    assertThat(well(ship, "device", "list").out()).contains("SCOPE-18");
    assertThat(well(ship, "device", "list").out()).contains("linux/amd64");
    assertThat(well(ship, "manifest", "show").err()).isEmpty();
    well(ship, "device", "add", "SCOPE-18", "--platform", "linux/arm64", "--replace");
    assertThat(well(ship, "device", "list").out()).doesNotContain("amd64").contains("linux/arm64");
    assertThat(ship.run("device", "add", "NOBODY", "--replace").code()).isEqualTo(2);
  }

  @Test
  void aStationThatAlreadyRecordedSomethingElseIsToldHowToTakeTheBackup() throws IOException {
    loseTheLedger();
    Path head = lab.home().resolve("ledger.db.head");
    Files.delete(head);
    well(lab, "device", "add", "OTHER");
    Said refused = lab.run("ledger", "import", backup.toString());
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err())
        .contains("this station recorded something else", "move ledger.db and ledger.db.head");
    loseTheLedger();
    Files.delete(head);
    well(lab, "ledger", "import", backup.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger.db",
        "ledger.db-wal",
        "ledger.db.head",
        "station.json",
        "sources.json",
        "key/station.key",
        "trust/policies/lab.yaml",
        "../lab/ledger.db"
      })
  void anExportDoesNotGoOverTheStationsOwnFiles(String name) {
    String file = lab.home().resolve(name).toString();
    for (String what : new String[] {"ledger", "manifest"}) {
      Said said = lab.run(what, "export", file);
      assertThat(said.code()).as(what).isEqualTo(2);
      assertThat(said.err()).contains("is one of the station's own files");
    }
    assertThat(well(lab, "ledger", "check").out()).contains("3 events");
  }

  @Test
  void anExportThroughALinkToTheLedgerIsRefusedToo() throws IOException {
    Path link = folder.resolve("innocent.jsonl");
    Files.createSymbolicLink(link, lab.home().resolve("ledger.db"));
    assertThat(lab.run("ledger", "export", link.toString()).code()).isEqualTo(2);
    assertThat(well(lab, "ledger", "check").out()).contains("3 events");
  }

  @Test
  void aBackupBehindALinkIsRenewedWhereItLies() throws IOException {
    Path link = folder.resolve("link.jsonl");
    Files.createSymbolicLink(link, backup);
    well(lab, "device", "add", "SCOPE-19");
    well(lab, "ledger", "export", link.toString());
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(backup)).hasSize(4);
  }

  @Test
  void aPipeIsWrittenInto() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    well(lab, "ledger", "export", pipe.toString());
    assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(backup));
  }

  @Test
  void aFailedExportLeavesTheEarlierBackupWhole() throws Exception {
    String before = Files.readString(backup);
    breakTheLastEvent();
    assertThat(lab.run("ledger", "export", backup.toString()).code()).isEqualTo(3);
    assertThat(backup).hasContent(before.strip());
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside).containsExactlyInAnyOrder(lab.home(), backup);
    }
  }

  /// The export stops there, half way.
  private void breakTheLastEvent() throws SQLException {
    try (Connection ledger =
            DriverManager.getConnection("jdbc:sqlite:" + lab.home().resolve("ledger.db"));
        Statement statement = ledger.createStatement()) {
      statement.execute("CREATE TABLE loose AS SELECT * FROM event");
      statement.execute("DROP TABLE event");
      statement.execute("ALTER TABLE loose RENAME TO event");
      statement.execute("UPDATE event SET line = NULL WHERE position = 3");
    }
  }

  private void loseTheLedger() throws IOException {
    for (String name : new String[] {"ledger.db", "ledger.db-wal", "ledger.db-shm"}) {
      Files.deleteIfExists(lab.home().resolve(name));
    }
  }

  private static Said well(TestStation station, String... arguments) {
    Said said = station.run(arguments);
    assertThat(said.code()).as(String.join(" ", arguments) + "\n" + said.err()).isZero();
    return said;
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
    }
  }
}
