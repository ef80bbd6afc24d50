package org.fieldlift.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How Java is told to start the program at once, since these suites start it some hundred times:
/// with the quick compiler only, and with its classes laid out by one run beforehand (JEP 514), as
/// an installed program has them.
final class QuickStart {
  /// The temporary folder of every run; nothing may stay in it.
  static final Path TEMPORARY = temporary();

  private static final Path CACHE = Program.workplace().resolve("fieldlift.aot");
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow");
  private static final Path PROGRAM = Program.root().resolve("command-line/target/fieldlift.jar");

  static {
    layOut();
  }

  private QuickStart() {}

  /// @param temporary where the program finds its system's temporary folder
  static List<String> command(Path temporary) {
    return command(temporary, "-XX:AOTCache=" + CACHE);
  }

  private static List<String> command(Path temporary, String cache) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(OPTIONS);
    command.add(cache);
    command.add("-Xlog:disable"); // a cache that does not fit is no matter
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-jar", PROGRAM.toString()));
    return command;
  }

  private static void layOut() {
    try {
      Files.createDirectories(Program.workplace());
      Path folder = Files.createTempDirectory("fieldlift-demo");
      List<String> first = command(TEMPORARY, "-XX:AOTCacheOutput=" + CACHE);
      first.addAll(List.of("demo", folder.resolve("demo").toString()));
      Program.run(first.toArray()).well();
      Leftovers.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("fieldlift-temporary");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Leftovers.delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
