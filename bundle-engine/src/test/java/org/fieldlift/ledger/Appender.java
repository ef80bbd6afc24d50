package org.fieldlift.ledger;

import static org.fieldlift.ledger.Samples.device;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Another process: appends to a ledger and says each id once [Ledger#append] returned it.
///
/// Arguments: ledger, station's keys, how many events.
final class Appender {
  /// SQLite's lock is not fair: a process that never pauses can keep the others waiting for good.
  private static final int BREATH_MILLIS = 10;

  private Appender() {}

  public static void main(String[] args) throws Exception {
    try (Ledger ledger =
        Ledger.open(Path.of(args[0]), TestStation.fromText(args[1]), Clock.systemUTC())) {
      for (int number = 0; number < Integer.parseInt(args[2]); number++) {
        System.out.println(ledger.append(List.of(device("D" + number))).getFirst().id());
        System.out.flush();
        Thread.sleep(BREATH_MILLIS);
      }
    }
  }

  static ProcessBuilder command(Path ledger, TestStation station, int events) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Appender.class.getName(),
            ledger.toString(),
            station.text(),
            String.valueOf(events))
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
