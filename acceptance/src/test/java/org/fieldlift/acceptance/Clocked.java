package org.fieldlift.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a process took, as GNU time saw it.
///
/// @param seconds from its start to its end
/// @param memory the most it held at once, in megabytes (10⁶ bytes)
record Clocked(double seconds, double memory) {
  private static final String MARK = "clocked ";

  /// Runs a command to its good end.
  static Clocked run(Object... command) {
    Program.needs("time");
    List<Object> words = new ArrayList<>(List.of("time", "-f", MARK + "%M"));
    words.addAll(Arrays.asList(command));
    long begin = System.nanoTime();
    String said = Program.run(words.toArray()).well().err();
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1e9;
    String kilobytes = said.substring(said.lastIndexOf(MARK) + MARK.length()).strip();
    return new Clocked(seconds, Long.parseLong(kilobytes) * 1024 / 1e6);
  }

  /// A line for the shell, as a user would type it.
  static Clocked shell(String line, Object... arguments) {
    List<Object> words = new ArrayList<>(List.of("bash", "-ec", line, "bash"));
    words.addAll(Arrays.asList(arguments));
    return run(words.toArray());
  }

  Clocked best(Clocked other) {
    return seconds <= other.seconds ? this : other;
  }
}
