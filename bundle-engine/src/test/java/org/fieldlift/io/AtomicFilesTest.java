package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void whatEndsHalfWayLeavesTheOldFile() throws IOException {
    Path file = file("backup");
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(new byte[1 << 20]);
                  throw new IOException("no more");
                }))
        .hasMessageContaining("no more");
    assertThat(file).hasBinaryContent(before);
    try (var children = Files.list(folder)) {
      assertThat(children).containsExactly(file);
    }
  }

  @Test
  void whatDeadRunsLeftGoesAndWhatLivingOnesWriteStays() throws IOException {
    Path file = folder.resolve("file.json");
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    String own = "." + ProcessHandle.current().pid();
    Path dead = file("file.json." + Integer.MAX_VALUE + "-0123abcd-1.fieldlift-new");
    Path sameNumber = file("file.json" + own + "-0123abcd-1.fieldlift-new");
    Path living = file("file.json." + alive + "-0123abcd-1.fieldlift-new");
    Path others = file("other.json." + Integer.MAX_VALUE + "-0123abcd-1.fieldlift-new");
    Path mine = Files.createDirectories(AtomicFiles.aside(file).resolve("sub")).getParent();
    Path again = AtomicFiles.aside(file);
    assertThat(again).isNotEqualTo(mine).doesNotExist();
    assertThat(again.getParent()).isEqualTo(folder);
    assertThat(dead).doesNotExist();
    assertThat(sameNumber).doesNotExist();
    assertThat(living).exists();
    assertThat(mine).exists();
    assertThat(others).exists();
    AtomicFiles.sweep(folder);
    assertThat(others).doesNotExist();
    assertThat(living).exists();
  }

  @Test
  void aFolderInTheWayIsSaidInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> AtomicFiles.write(file.resolve("inner.json"), bytes("x")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("a file")
        .hasMessageContaining("folder should be");
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "x");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
