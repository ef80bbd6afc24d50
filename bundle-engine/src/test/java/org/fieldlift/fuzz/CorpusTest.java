package org.fieldlift.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the fuzzer has found, and what it begins with, read again on every run.
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/corpus");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TestFactory
  Stream<DynamicTest> everyInputEndsWellOrWithAProblem() {
    return Fuzzer.readers().entrySet().stream()
        .map(reader ->
            DynamicTest.dynamicTest(
                reader.getKey(),
                () -> {
                  List<Path> inputs = files(CORPUS.resolve(reader.getKey()));
                  assertThat(inputs).as("inputs of " + reader.getKey()).isNotEmpty();
                  for (Path input : inputs) replay(reader.getValue(), input);
                }));
  }

  @Test
  void noInputIsForgotten() throws IOException {
    List<String> folders =
        files(CORPUS).stream().map(Path::getFileName).map(Path::toString).toList();
    assertThat(Fuzzer.readers().keySet()).containsAll(folders);
  }

  private static void replay(ForeignReader reader, Path input) throws IOException {
    byte[] bytes = Files.readAllBytes(input);
    assertTimeoutPreemptively(PATIENCE, () -> Fuzzer.hold(reader, bytes), input::toString);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
