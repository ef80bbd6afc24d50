package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final List<AtomicFiles.Linking> LINKINGS =
      List.of(
          Files::createLink,
          (name, _) -> {
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
          },
          (_, _) -> {
            throw new UnsupportedOperationException();
          });

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
    assertThatThrownBy(() -> AtomicFiles.write(file, bytes("x"))).isInstanceOf(IOException.class);
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
  void aNewFileNeverTakesThePlaceOfAnother() throws IOException {
    for (AtomicFiles.Linking linking : LINKINGS) {
      Path file = file("taken");
      Path aside = aside(file, "new");
      assertThatThrownBy(() -> AtomicFiles.publishNew(aside, file, linking))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(file).hasContent("x");
      Files.delete(file);
      Files.deleteIfExists(aside);
    }
  }

  /// As on FAT and exFAT, where Linux says EPERM and others that they cannot.
  @Test
  void whereThereAreNoLinksANewFileStillComesWholeAndWithItsMode() throws IOException {
    for (AtomicFiles.Linking linking : LINKINGS) {
      Path file = folder.resolve("secret");
      Path aside = aside(file, "all of it");
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-------"));
      AtomicFiles.publishNew(aside, file, linking);
      assertThat(file).hasContent("all of it");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Files.delete(file);
      Files.deleteIfExists(aside);
    }
  }

  @Test
  void aNewFileThatCannotGetItsNameLeavesNothingUnderIt() {
    Path file = folder.resolve("secret");
    Path gone = folder.resolve("gone");
    for (AtomicFiles.Linking linking : LINKINGS) {
      assertThatThrownBy(() -> AtomicFiles.publishNew(gone, file, linking))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void ofManyThatMakeTheSameNewFileOneWins() throws Exception {
    for (AtomicFiles.Linking linking : LINKINGS) {
      Path file = folder.resolve("won");
      List<Callable<String>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String own = "by " + i;
        Path aside = aside(file, own);
        all.add(() -> {
          try {
            AtomicFiles.publishNew(aside, file, linking);
            return own;
          } catch (FileAlreadyExistsException anotherWon) {
            return "";
          }
        });
      }
      List<String> winners = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
        for (Future<String> one : threads.invokeAll(all)) winners.add(one.get());
      }
      winners.removeIf(String::isEmpty);
      assertThat(winners).hasSize(1);
      assertThat(file).hasContent(winners.getFirst());
      Files.delete(file);
    }
  }

  @Test
  void aFolderInTheWayIsSaidInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> AtomicFiles.write(file.resolve("inner.json"), bytes("x")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("a file")
        .hasMessageContaining("folder should be");
  }

  private static Path aside(Path file, String text) throws IOException {
    return Files.writeString(AtomicFiles.aside(file), text);
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "x");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
