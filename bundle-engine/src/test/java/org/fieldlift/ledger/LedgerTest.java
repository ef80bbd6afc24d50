package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.ledger.Samples.MORNING;
import static org.fieldlift.ledger.Samples.device;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact.StationOpened;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path folder;

  private final TestStation station = TestStation.create();
  private final TestClock clock = new TestClock(MORNING);

  private Path file() {
    return folder.resolve("ledger.db");
  }

  private Ledger open() throws IOException {
    return Ledger.open(file(), station, clock);
  }

  @Test
  void whatWasRecordedIsThereWhenTheLedgerIsOpenedAgain() throws IOException {
    List<Event> recorded;
    try (Ledger ledger = open()) {
      recorded = ledger.append(List.of(new StationOpened("Lab"), device("SCOPE-17")));
    }
    try (Ledger again = open()) {
      assertThat(again.events()).extracting(Event::id).containsExactlyElementsOf(ids(recorded));
      assertThat(again.events())
          .extracting(Event::fact)
          .containsExactly(new StationOpened("Lab"), device("SCOPE-17"));
      assertThat(again.check()).isEqualTo(new LedgerCheck(2, 1, List.of()));
    }
  }

  @Test
  void anEmptyLedgerHolds() throws IOException {
    try (Ledger ledger = open()) {
      assertThat(ledger.check()).isEqualTo(new LedgerCheck(0, 0, List.of()));
      assertThat(ledger.events()).isEmpty();
      assertThat(ledger.append(List.of())).isEmpty();
    }
  }

  @Test
  void theOpeningGoesBeforeTheFirstOwnEventAndNeverAgain() throws IOException {
    StationOpened opening = new StationOpened("Lab");
    try (Ledger ledger = open()) {
      TestStation other = TestStation.create();
      try (Ledger others = Ledger.open(folder.resolve("other.db"), other, clock)) {
        others.append(List.of(device("O")));
        ledger.importFrom(Samples.stream(Samples.lines(others)));
      }
      assertThat(ledger.append(opening, List.of(device("A"))))
          .extracting(Event::fact)
          .containsExactly(opening, device("A"));
      assertThat(ledger.append(opening, List.of(device("B"))))
          .extracting(Event::fact)
          .containsExactly(device("B"));
    }
  }

  @Test
  void eachEventNamesTheOneBeforeIt() throws IOException {
    try (Ledger ledger = open()) {
      Event first = ledger.append(List.of(device("A"))).getFirst();
      Event second = ledger.append(List.of(device("B"))).getFirst();
      assertThat(first.previous()).isNull();
      assertThat(first.station()).isEqualTo(station.id());
      String firstLine = Samples.lines(ledger).getFirst();
      assertThat(second.previous()).isEqualTo(Link.parse(firstLine, "line").digest());
    }
  }

  @Test
  void timeNeverGoesBackInAChainThoughTheClockDoes() throws IOException {
    try (Ledger ledger = open()) {
      ledger.append(List.of(device("A")));
      clock.set("1970-01-01T00:00:00Z");
      ledger.append(List.of(device("B")));
      clock.set("2100-01-01T00:00:00Z");
      ledger.append(List.of(device("C")));
      clock.set("2026-05-12T09:00:00Z");
      ledger.append(List.of(device("D")));
      assertThat(ledger.events())
          .extracting(Event::time)
          .containsExactly(
              Instant.parse("2026-05-12T08:30:00Z"),
              Instant.parse("2026-05-12T08:30:00.001Z"),
              Instant.parse("2100-01-01T00:00:00Z"),
              Instant.parse("2100-01-01T00:00:00.001Z"));
      assertThat(ledger.check().holds()).isTrue();
    }
  }

  @Test
  void aClockBefore1970OrAfter9999DoesNotBreakTheChain() throws IOException {
    try (Ledger ledger = open()) {
      clock.set("1901-01-01T00:00:00Z");
      assertThat(ledger.append(List.of(device("A"))).getFirst().time()).isEqualTo(Instant.EPOCH);
      clock.set("+12000-01-01T00:00:00Z");
      assertThatThrownBy(() -> ledger.append(List.of(device("B"))))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("past the year 9999");
      assertThat(ledger.check()).isEqualTo(new LedgerCheck(1, 1, List.of()));
    }
  }

  @Test
  void idsRiseWithTheChainEvenWithinOneMillisecond() throws IOException {
    try (Ledger ledger = open()) {
      ledger.append(IntStream.range(0, 50).mapToObj(number -> device("D" + number)).toList());
      List<String> ids = ids(ledger.events()).stream().map(Object::toString).toList();
      assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(50);
    }
  }

  @Test
  void ofSeveralFactsAllAreRecordedOrNone() throws IOException {
    try (Ledger ledger = open()) {
      ledger.append(List.of(device("A")));
      String tooLong = "x".repeat(FactBody.LONGEST_NAME + 1);
      assertThatThrownBy(() -> ledger.append(List.of(device("B"), device("C", tooLong))))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
                assertThat(problem.what()).startsWith("The name \"xxx").contains("is too long");
                assertThat(problem.next()).isEqualTo("Use 256 characters at most.");
              });
      assertThat(ledger.events()).hasSize(1);
      ledger.append(List.of(device("D")));
      assertThat(ledger.check()).isEqualTo(new LedgerCheck(2, 1, List.of()));
    }
  }

  @Test
  void factsOfNewerVersionsAreNotOursToRecord() throws IOException {
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> ledger.append(List.of(new Fact.Unknown("device-blessed", "{}"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSignerWhoseKeyDoesNotFitItsSignaturesIsFoundBeforeAnythingIsRecorded() throws IOException {
    TestStation broken = new TestStation(station.publicKey(), TestStation.create().key());
    clock.set(MORNING);
    Path file = file();
    try (Ledger ledger = Ledger.open(file, broken, clock)) {
      assertThatThrownBy(() -> ledger.append(List.of(device("A"))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(ledger.events()).isEmpty();
    }
  }

  @Test
  void theDatabaseItselfRefusesToChangeToRemoveAndToReplace() throws Exception {
    try (Ledger ledger = open()) {
      ledger.append(List.of(device("A"), device("B")));
    }
    for (String sql :
        List.of(
            "UPDATE event SET line = 'x'",
            "DELETE FROM event WHERE position = 2",
            "INSERT OR REPLACE INTO event SELECT * FROM event WHERE position = 2",
            "INSERT INTO event SELECT 'd', station, 9, id, time, digest, line FROM event"
                + " WHERE position = 2")) {
      assertThatThrownBy(() -> execute(sql))
          .as(sql)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("the ledger is append-only");
    }
  }

  @Test
  void severalThreadsAppendToOneChain() throws Exception {
    try (Ledger one = open();
        Ledger other = open();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Event>>> work = new ArrayList<>();
      for (int number = 0; number < 20; number++) {
        Ledger ledger = number % 2 == 0 ? one : other;
        String id = "D" + number;
        work.add(() -> ledger.append(List.of(device(id))));
      }
      for (var done : threads.invokeAll(work)) assertThat(done.get()).hasSize(1);
      assertThat(one.check()).isEqualTo(new LedgerCheck(20, 1, List.of()));
    }
  }

  @Test
  void aPathWithSpacesUmlautsAndAQuestionMarkIsAPath() throws IOException {
    Path odd = folder.resolve("Gerät 17? a%20b#").resolve("ledger.db");
    try (Ledger ledger = Ledger.open(odd, station, clock)) {
      ledger.append(List.of(device("A")));
    }
    assertThat(odd).exists();
    assertThat(odd.resolveSibling("ledger.db.head")).exists();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<java.util.UUID> ids(List<Event> events) {
    return events.stream().map(Event::id).toList();
  }
}
