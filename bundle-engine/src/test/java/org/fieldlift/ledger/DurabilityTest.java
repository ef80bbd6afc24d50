package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, really killed.
@Timeout(120)
class DurabilityTest {
  private static final int ROUNDS = 5;
  private static final int AT_ONCE = 2;
  private static final int MANY = 5000;

  @TempDir Path folder;

  private final TestStation station = TestStation.create();

  @Test
  void whatWasAcknowledgedIsThereAfterTheProcessWasKilled() throws Exception {
    Path file = folder.resolve("ledger.db");
    Random random = new Random(17);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Process> processes = start(file, AT_ONCE, MANY);
      try {
        for (Process process : processes) {
          BufferedReader said = process.inputReader();
          int moment = 1 + random.nextInt(12);
          for (int number = 0; number < moment; number++) acknowledged.add(said.readLine());
          Thread.sleep(random.nextInt(5));
          kill(process);
          said.lines().filter(line -> line.length() == 36).forEach(acknowledged::add);
          assertThat(process.waitFor()).isNotZero();
        }
      } finally {
        processes.forEach(DurabilityTest::kill);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * AT_ONCE).doesNotContainNull();
    try (Ledger ledger = Ledger.open(file, station, Clock.systemUTC())) {
      assertThat(ledger.check().faults()).isEmpty();
      assertThat(ledger.check().stations()).isEqualTo(1);
      assertThat(ids(ledger)).containsAll(acknowledged);
      ledger.append(List.of(Samples.device("after")));
      assertThat(ledger.check().holds()).isTrue();
    }
  }

  @Test
  void processesThatBeginOneLedgerTogetherWriteOneChain() throws Exception {
    Path file = folder.resolve("shared.db");
    List<String> acknowledged = new ArrayList<>();
    for (Process process : start(file, 3, 15)) {
      process.inputReader().lines().forEach(acknowledged::add);
      assertThat(process.waitFor()).isZero();
    }
    try (Ledger ledger = Ledger.open(file, station, Clock.systemUTC())) {
      assertThat(ledger.check()).isEqualTo(new LedgerCheck(45, 1, List.of()));
      assertThat(ids(ledger)).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  /// By its handle, because [Process#destroyForcibly] also closes the pipe with what it still said.
  private static void kill(Process process) {
    process.toHandle().destroyForcibly();
  }

  private List<Process> start(Path file, int count, int events) throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      processes.add(Appender.command(file, station, events).start());
    }
    return processes;
  }

  private static List<String> ids(Ledger ledger) throws IOException {
    return ledger.events().stream().map(event -> event.id().toString()).toList();
  }
}
