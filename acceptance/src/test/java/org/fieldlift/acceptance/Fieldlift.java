package org.fieldlift.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Fieldlift as one process, started by Java itself and not by the launcher's shell, so that a kill
/// hits the program; at one station, and perhaps as another user or at another time.
///
/// @param home the station's folder
/// @param through what starts it: `faketime …`, `setpriv …`, or nothing
/// @param temporary the system's temporary folder as the program sees it
record Fieldlift(Path home, List<String> through, Path temporary) {
  static final int KILLED = 128 + 9;

  private static final Duration POLL = Duration.ofMillis(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static Fieldlift at(Path home) {
    return new Fieldlift(home, List.of(), QuickStart.TEMPORARY);
  }

  /// The same program with another station.
  Fieldlift with(Path otherHome) {
    return new Fieldlift(otherHome, through, temporary);
  }

  /// The same station, started through another program.
  Fieldlift through(String... command) {
    return new Fieldlift(home, List.of(command), temporary);
  }

  /// The same station on a machine with another temporary folder.
  Fieldlift withTemporary(Path folder) {
    return new Fieldlift(home, through, folder);
  }

  /// Runs a command to its end.
  Program.Said run(Object... arguments) {
    return begin(arguments).end();
  }

  /// Starts a command, and kills it (SIGKILL) when it has worked for this long.
  ///
  /// @param time processor time, so that a busy machine does not shift the moment
  /// @return code 137 when it was killed; something else when it had ended before
  Program.Said killedAfter(Duration time, Object... arguments) {
    Running running = begin(arguments);
    while (running.isAliveAfter(POLL)) {
      if (running.worked().compareTo(time) >= 0) running.process.destroyForcibly();
    }
    return running.end();
  }

  /// Runs a command to its good end.
  ///
  /// @return the processor time it took
  Duration worksFor(Object... arguments) {
    Running running = begin(arguments);
    Duration worked = Duration.ZERO;
    while (running.isAliveAfter(POLL)) {
      Duration now = running.worked();
      if (now.compareTo(worked) > 0) worked = now;
    }
    running.end().well();
    return worked;
  }

  /// Starts a command and does not wait for it.
  Running begin(Object... arguments) {
    List<String> command = new ArrayList<>(through);
    command.addAll(QuickStart.command(temporary));
    for (Object argument : arguments) command.add(argument.toString());
    try {
      Path out = Files.createTempFile("out", ".txt");
      Path err = Files.createTempFile("err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeIf(Fieldlift::isOfThisNetwork);
      builder.environment().put("FIELDLIFT_HOME", home.toString());
      builder.environment().put("COSIGN_PASSWORD", "secret");
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      process.getOutputStream().close();
      return new Running(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfThisNetwork(String variable) {
    return variable.toLowerCase(Locale.ROOT).endsWith("_proxy") || variable.equals("SSL_CERT_FILE");
  }

  /// A command under way.
  record Running(Process process, Path out, Path err) {
    private boolean isAliveAfter(Duration nap) {
      try {
        return !process.waitFor(nap);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private Duration worked() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    Program.Said end() {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("no end in sight: " + process.info().commandLine());
        }
        return new Program.Said(process.exitValue(), text(out), text(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static String text(Path file) throws IOException {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Files.delete(file);
      return text;
    }
  }
}
