package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.ledger.Samples.MORNING;
import static org.fieldlift.ledger.Samples.device;
import static org.fieldlift.ledger.Samples.tamper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody with a database editor meets the ledger's check.
class TamperTest {
  @TempDir Path folder;

  private final TestStation station = TestStation.create();
  private final TestClock clock = new TestClock(MORNING);
  private Path file;
  private Path head;
  private List<Link> links;

  @BeforeEach
  void aLedgerOfFiveEvents() throws IOException {
    file = folder.resolve("ledger.db");
    head = folder.resolve("ledger.db.head");
    try (Ledger ledger = open()) {
      for (String id : List.of("A", "B", "C", "D", "E")) ledger.append(List.of(device(id)));
      links = Samples.lines(ledger).stream().map(TamperTest::parse).toList();
      assertThat(ledger.check().holds()).isTrue();
    }
  }

  @Test
  void aChangedWordIsFound() throws Exception {
    tamper(
        file, "UPDATE event SET line = replace(line, 'Thalassa', 'Kommandor') WHERE position = 3");
    assertThat(faults())
        .contains(
            "Event 3 of " + name() + " is filed under columns that differ from what was signed.")
        .contains("Event 3 of " + name() + " is not signed by its station.")
        .contains(
            "Event 4 of "
                + name()
                + " does not follow the event before it: one was changed, removed or put in.");
  }

  @Test
  void aChangedWordWithFittingColumnsIsFound() throws Exception {
    String changed = links.get(2).line().replace("Thalassa", "Kommandor");
    tamper(
        file,
        "UPDATE event SET line = '"
            + changed
            + "', digest = '"
            + parse(changed).digest().hex()
            + "' WHERE position = 3");
    assertThat(faults()).contains("Event 3 of " + name() + " is not signed by its station.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event SET id = 'x' WHERE position = 2",
        "UPDATE event SET time = time + 1 WHERE position = 2",
        "UPDATE event SET digest = 'x' WHERE position = 5",
        "UPDATE event SET previous = 'x' WHERE position = 2",
        "UPDATE event SET station = 'x' WHERE position = 2",
        "UPDATE event SET position = 9 WHERE position = 5",
        "UPDATE event SET line = line || ' ' WHERE position = 5",
        "UPDATE event SET line = '' WHERE position = 2",
        "UPDATE event SET line = 'null' WHERE position = 1",
        "UPDATE event SET line = x'00ff' WHERE position = 3",
        "UPDATE event SET position = 10 - position",
        "DELETE FROM event WHERE position = 1",
        "DELETE FROM event WHERE position = 3",
        "DELETE FROM event WHERE position = 5",
        "DELETE FROM event WHERE position > 2",
        "DELETE FROM event"
      })
  void anyStatementThatChangesTheLedgerIsFound(String sql) throws Exception {
    tamper(file, "PRAGMA ignore_check_constraints = ON", sql);
    assertThat(faults()).isNotEmpty();
  }

  @Test
  void aRemovedEventIsFoundThoughTheOthersCloseTheGap() throws Exception {
    tamper(
        file,
        "DELETE FROM event WHERE position = 3",
        "UPDATE event SET position = 3 WHERE position = 4",
        "UPDATE event SET position = 4 WHERE position = 5");
    assertThat(faults())
        .contains(
            "Event 3 of "
                + name()
                + " does not follow the event before it: one was changed, removed or put in.");
  }

  @Test
  void twoEventsInEachOthersPlaceAreFound() throws Exception {
    tamper(
        file,
        "UPDATE event SET position = 99 WHERE position = 2",
        "UPDATE event SET position = 2 WHERE position = 3",
        "UPDATE event SET position = 3 WHERE position = 99");
    assertThat(faults()).anyMatch(fault -> fault.contains("is not later than the event before it"));
  }

  @Test
  void anInsertedEventIsFoundThoughTheStationItselfSignedIt() throws Exception {
    Link second = links.get(1);
    Instant between = second.event().time().plusMillis(1);
    Link forged = Link.sign(EventId.at(between), between, second.digest(), device("X"), station);
    tamper(
        file,
        "PRAGMA ignore_check_constraints = ON",
        "CREATE TABLE loose AS SELECT * FROM event",
        "DROP TABLE event",
        "ALTER TABLE loose RENAME TO event",
        "UPDATE event SET position = position + 1 WHERE position > 2",
        "INSERT INTO event SELECT '%s', station, 3, '%s', %d, '%s', '%s' FROM event LIMIT 1"
            .formatted(
                forged.digest().hex(),
                forged.event().id(),
                between.toEpochMilli(),
                second.digest().hex(),
                forged.line()));
    assertThat(faults())
        .contains("The chain of " + name() + " is forked: two events follow one.")
        .contains(
            "Event 4 of "
                + name()
                + " does not follow the event before it: one was changed, removed or put in.");
  }

  @Test
  void anEventOfAnotherStationIsFound() throws Exception {
    TestStation other = TestStation.create();
    Link last = links.getLast();
    Instant later = last.event().time().plusMillis(1);
    Link foreign = Link.sign(EventId.at(later), later, last.digest(), device("X"), other);
    tamper(file, insert(foreign, 6, station.id()));
    assertThat(faults()).contains("Event 6 of " + name() + " is not signed by its station.");
  }

  @Test
  void aCutTailIsFoundByTheWitnessAndNothingIsRecordedOverTheGap() throws Exception {
    tamper(file, "DELETE FROM event WHERE position > 3");
    assertThat(faults())
        .containsExactly(
            "The newest events of " + name() + " are missing: there were 5, now there are 3.");
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> ledger.append(List.of(device("X"))))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
                assertThat(problem.next()).contains("import an export that has these events");
              });
      List<String> all = links.stream().map(Link::line).toList();
      assertThat(ledger.importFrom(Samples.stream(all))).isEqualTo(2);
      ledger.append(List.of(device("X")));
      assertThat(ledger.check()).isEqualTo(new LedgerCheck(6, 1, List.of()));
    }
  }

  @Test
  void aDatabaseThatWasTakenAwayIsNotSilentlyBegunAnew() throws Exception {
    Files.delete(file);
    try (Ledger ledger = open()) {
      assertThat(ledger.check().faults())
          .containsExactly(
              "The newest events of " + name() + " are missing: there were 5, now there are 0.");
      assertThatThrownBy(() -> ledger.append(List.of(device("X")))).isInstanceOf(Problem.class);
    }
  }

  @Test
  void aWitnessOneBehindIsNoFaultAndCatchesUp() throws Exception {
    Path older = folder.resolve("older");
    Files.copy(head, older);
    byte[] newest;
    try (Ledger ledger = open()) {
      ledger.append(List.of(device("F")));
      newest = Files.readAllBytes(head);
      Files.copy(older, head, StandardCopyOption.REPLACE_EXISTING);
      assertThat(ledger.check().faults()).isEmpty();
      ledger.append(List.of(device("G")));
      assertThat(Files.readAllBytes(head))
          .isNotEqualTo(newest)
          .isNotEqualTo(Files.readAllBytes(older));
    }
    tamper(file, "DELETE FROM event WHERE position = 7");
    assertThat(faults()).hasSize(1);
  }

  @Test
  void aMissingWitnessIsAFaultUntilTheNextEvent() throws Exception {
    Files.delete(head);
    assertThat(faults()).singleElement().asString().contains("ledger.db.head is missing");
    try (Ledger ledger = open()) {
      ledger.append(List.of(device("F")));
      assertThat(ledger.check().holds()).isTrue();
    }
  }

  @Test
  void aWitnessThatWasEditedIsFound() throws Exception {
    String witness = Files.readString(head);
    List<Function<String, String>> edits =
        List.of(
            text -> text.replace("\"events\":5", "\"events\":3"),
            text -> text.replace("\"events\":5", "\"events\":0"),
            text -> text.replace(links.get(4).digest().hex(), links.get(3).digest().hex()),
            text -> text.substring(0, 40),
            _ -> "",
            text -> text + " ".repeat(5000));
    for (Function<String, String> edit : edits) {
      Files.writeString(head, edit.apply(witness));
      assertThat(faults()).singleElement().asString().contains("was damaged or changed");
    }
  }

  @Test
  void aWitnessOfAForkIsFound() throws Exception {
    Path copy = folder.resolve("copy").resolve("ledger.db");
    try (Ledger ledger = Ledger.open(copy, station, clock)) {
      ledger.importFrom(Samples.stream(links.subList(0, 4).stream().map(Link::line).toList()));
      ledger.append(List.of(device("another E")));
    }
    Files.copy(copy.resolveSibling("ledger.db.head"), head, StandardCopyOption.REPLACE_EXISTING);
    assertThat(faults())
        .containsExactly("Event 5 of " + name() + " is not the one that was recorded.");
  }

  @Test
  void damageInTheDatabaseFileIsFound() throws Exception {
    tamper(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE event (digest TEXT NOT NULL PRIMARY KEY,"
            + " station TEXT, position BIGINT CHECK (position > 3), id TEXT, time BIGINT,"
            + " previous TEXT UNIQUE, line TEXT, UNIQUE (station, position))'"
            + " WHERE type = 'table' AND name = 'event'");
    assertThat(faults()).anyMatch(fault -> fault.startsWith("The database is damaged: "));
  }

  private Ledger open() throws IOException {
    return Ledger.open(file, station, clock);
  }

  private List<String> faults() throws IOException {
    try (Ledger ledger = open()) {
      return ledger.check().faults();
    }
  }

  private String name() {
    return "station " + station.id().brief();
  }

  private static String insert(Link link, int position, Digest station) {
    return "INSERT INTO event (digest, station, position, id, time, previous, line)"
        + " VALUES ('%s', '%s', %d, '%s', %d, '%s', '%s')"
            .formatted(
                link.digest().hex(),
                station.hex(),
                position,
                link.event().id(),
                link.event().time().toEpochMilli(),
                link.event().previous() == null ? null : link.event().previous().hex(),
                link.line());
  }

  private static Link parse(String line) {
    try {
      return Link.parse(line, "line");
    } catch (Problem e) {
      throw new AssertionError(e);
    }
  }
}
