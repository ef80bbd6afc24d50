package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.ledger.Samples.MORNING;
import static org.fieldlift.ledger.Samples.device;
import static org.fieldlift.ledger.Samples.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two stations exchange what they know.
class ExchangeTest {
  @TempDir Path folder;

  private final TestStation brest = TestStation.create();
  private final TestStation kiel = TestStation.create();
  private final TestClock clock = new TestClock(MORNING);
  private Ledger inBrest;
  private Ledger inKiel;

  @BeforeEach
  void twoLedgers() throws IOException {
    inBrest = Ledger.open(folder.resolve("brest.db"), brest, clock);
    inKiel = Ledger.open(folder.resolve("kiel.db"), kiel, clock);
    inBrest.append(List.of(new Fact.StationOpened("Brest"), device("A"), device("B")));
    inKiel.append(List.of(new Fact.StationOpened("Kiel"), device("C")));
  }

  @AfterEach
  void close() throws IOException {
    inBrest.close();
    inKiel.close();
  }

  @Test
  void afterAnExchangeBothKnowTheSameAndBothHold() throws IOException {
    assertThat(inKiel.importFrom(stream(Samples.lines(inBrest)))).isEqualTo(3);
    assertThat(inBrest.importFrom(stream(Samples.lines(inKiel)))).isEqualTo(2);
    assertThat(inKiel.state()).isEqualTo(inBrest.state());
    assertThat(inKiel.state().devices()).containsOnlyKeys("A", "B", "C");
    assertThat(Samples.export(inKiel)).isEqualTo(Samples.export(inBrest));
    assertThat(inKiel.check()).isEqualTo(new LedgerCheck(5, 2, List.of()));
  }

  @Test
  void whatIsAlreadyHereIsLeftAsItIs() throws IOException {
    inKiel.importFrom(stream(Samples.lines(inBrest)));
    byte[] before = Samples.export(inKiel);
    assertThat(inKiel.importFrom(new ByteArrayInputStream(before))).isZero();
    inBrest.append(List.of(device("D")));
    assertThat(inKiel.importFrom(stream(Samples.lines(inBrest)))).isEqualTo(1);
    assertThat(inKiel.check().holds()).isTrue();
    assertThat(inKiel.importFrom(InputStream.nullInputStream())).isZero();
  }

  @Test
  void chainsMayBeInterleavedAndTheLastLineNeedsNoNewline() throws IOException {
    List<String> brests = Samples.lines(inBrest);
    List<String> kiels = Samples.lines(inKiel);
    String mixed =
        String.join("\n", brests.get(0), kiels.get(0), brests.get(1), kiels.get(1), brests.get(2));
    try (Ledger third = third()) {
      assertThat(third.importFrom(bytes(mixed))).isEqualTo(5);
      assertThat(third.check()).isEqualTo(new LedgerCheck(5, 2, List.of()));
    }
  }

  @Test
  void aChainWithAHoleIsRefusedWhole() throws IOException {
    List<String> lines = new ArrayList<>(Samples.lines(inBrest));
    lines.remove(1);
    assertRefused(stream(lines), "Line 2 of the export does not follow the event before it");
    lines.removeFirst();
    assertRefused(stream(lines), "Line 1 of the export has no beginning");
  }

  @Test
  void oneBadLineAtTheEndUndoesTheGoodOnesBeforeIt() throws IOException {
    List<String> lines = new ArrayList<>(Samples.lines(inBrest));
    lines.set(2, lines.get(2).replace("Thalassa", "Kommandor"));
    assertRefused(stream(lines), "Line 3 of the export is not signed by its station");
  }

  @Test
  void aStationThatTellsTwoStoriesIsFound() throws IOException {
    inKiel.importFrom(stream(Samples.lines(inBrest)));
    Path copy = folder.resolve("copy.db");
    try (Ledger other = Ledger.open(copy, brest, clock)) {
      other.importFrom(stream(Samples.lines(inBrest)));
      other.append(List.of(device("X")));
      inBrest.append(List.of(device("Y")));
      inKiel.importFrom(stream(Samples.lines(inBrest)));
      assertRefused(stream(Samples.lines(other)), "does not follow the event before it");
    }
    Path anew = folder.resolve("anew.db");
    try (Ledger other = Ledger.open(anew, brest, clock)) {
      other.append(List.of(device("Z")));
      assertRefused(stream(Samples.lines(other)), "begins the chain a second time");
    }
  }

  @Test
  void eventsOfANewerVersionAreKeptAndPassedOnAndChangeNothing() throws IOException {
    Instant time = Instant.parse(MORNING);
    TestStation newer = TestStation.create();
    Fact weighed = new Fact.Unknown("device-weighed", "{\"device\":\"A\",\"kg\":1.50}");
    Link first = Link.sign(EventId.at(time), time, null, weighed, newer);
    Instant later = time.plusMillis(1);
    Link second = Link.sign(EventId.at(later), later, first.digest(), device("N"), newer);
    inBrest.importFrom(stream(List.of(first.line(), second.line())));
    inKiel.importFrom(stream(Samples.lines(inBrest)));
    assertThat(Samples.lines(inKiel)).contains(first.line(), second.line());
    assertThat(inKiel.events()).extracting(Event::fact).contains(weighed);
    assertThat(inKiel.state().devices()).containsOnlyKeys("A", "B", "C", "N");
    assertThat(inKiel.check().faults()).isEmpty();
  }

  @Test
  void hostileLinesAreRefusedWithoutBeingReadWhole() throws IOException {
    InputStream endless =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            assertThat(++given).isLessThan(Link.LONGEST + 100_000);
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) into[offset + i] = (byte) read();
            return length;
          }
        };
    assertRefused(endless, "Line 1 of the export is larger than anything Fieldlift writes");
    assertRefused(bytes("hello\n"), "Line 1 of the export cannot be read");
    assertRefused(bytes("\n"), "Line 1 of the export cannot be read");
    assertRefused(
        new ByteArrayInputStream(new byte[] {(byte) 0xC3, 0x28, '\n'}), "is not UTF-8 text");
  }

  @Test
  void moreStationsThanThereCanBeAreRefused() throws IOException {
    Instant time = Instant.parse(MORNING);
    List<String> lines = new ArrayList<>();
    for (int number = 0; number <= Import.MOST_STATIONS; number++) {
      lines.add(Link.sign(EventId.at(time), time, null, device("A"), TestStation.create()).line());
    }
    assertRefused(stream(lines), "is of one station more than can be taken in at once");
  }

  private void assertRefused(InputStream export, String why) throws IOException {
    byte[] before = Samples.export(inKiel);
    assertThatThrownBy(() -> inKiel.importFrom(export))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
        .hasMessageContaining(why);
    assertThat(Samples.export(inKiel)).isEqualTo(before);
    assertThat(inKiel.check().holds()).isTrue();
  }

  private Ledger third() throws IOException {
    return Ledger.open(folder.resolve("third.db"), TestStation.create(), clock);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
