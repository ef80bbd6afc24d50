package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Programs as a user starts them: Fieldlift by its launcher, and the real parts it is held
/// against.
final class Program {
  private static final long MINUTES_TO_ANSWER = 5;

  private final Path home;

  /// @param home the station's folder
  Program(Path home) {
    this.home = home;
  }

  /// What a program said and how it ended.
  record Said(int code, String out, String err) {
    /// Fails the test with everything the program said unless it ended well.
    Said well() {
      assertThat(code).as("%s%n%s", out, err).isZero();
      return this;
    }

    /// Fails the test unless it ended with this code and said this to the person.
    Said refused(int expected, String words) {
      assertThat(code).as("%s%n%s", out, err).isEqualTo(expected);
      assertThat(err + out).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
      return this;
    }
  }

  /// Runs `fieldlift` with these arguments at this station.
  Said fieldlift(Object... arguments) {
    List<String> command = new ArrayList<>(List.of(root().resolve("fieldlift").toString()));
    for (Object argument : arguments) command.add(argument.toString());
    return run(Map.of("FIELDLIFT_HOME", home.toString(), "COSIGN_PASSWORD", "secret"), command);
  }

  /// Runs another program.
  static Said run(Object... command) {
    List<String> words = new ArrayList<>();
    for (Object word : command) words.add(word.toString());
    return run(Map.of("COSIGN_PASSWORD", "secret", "LC_ALL", "C.UTF-8"), words);
  }

  /// Skips the test, saying why, where a real part is missing.
  static void needs(String... programs) {
    for (String program : programs) {
      boolean there =
          List.of(System.getenv("PATH").split(":")).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      Assumptions.assumeTrue(there, program + " is not on the PATH; .ci/run installs it");
    }
  }

  static void needsRoot() {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "loop devices need root");
  }

  /// The checkout.
  static Path root() {
    return Path.of(System.getProperty("fieldlift.root")).toAbsolutePath().normalize();
  }

  /// A folder for what tests of one run share; two runs of them may be at work at once.
  static Path workplace() {
    return root()
        .resolve("acceptance/target")
        .resolve(System.getProperty("fieldlift.fork", "run-1"));
  }

  private static Said run(Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("out", ".txt");
      Path err = Files.createTempFile("err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MINUTES_TO_ANSWER, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("no end in sight: " + command);
      }
      return new Said(process.exitValue(), text(out), text(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
