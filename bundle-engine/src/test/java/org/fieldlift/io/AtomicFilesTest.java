package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void aFileIsMadeWithItsFoldersAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("a/b/file.json");
    AtomicFiles.write(file, bytes("one"));
    AtomicFiles.write(file, bytes("two"));
    assertThat(file).hasContent("two");
    assertThat(file.getParent()).isDirectoryContaining(child -> child.equals(file));
    try (var children = Files.list(file.getParent())) {
      assertThat(children).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("folder");
    Files.createDirectories(file.resolve("full"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> AtomicFiles.write(file, bytes("x")))
        .isInstanceOf(IOException.class);
    assertThat(file.resolve("full")).isDirectory();
    try (var children = Files.list(folder)) {
      assertThat(children).containsExactly(file);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
