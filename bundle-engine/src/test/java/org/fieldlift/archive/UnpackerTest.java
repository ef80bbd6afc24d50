package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {
  @TempDir Path temporary;
  private Path folder;
  private Unpacker unpacker;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("folder"));
    unpacker = new Unpacker(folder);
  }

  @Test
  void aStageIsRestoredExactly() throws Exception {
    Path stage = Trees.stage(Files.createDirectory(temporary.resolve("stage")));
    Packed.of(stage).unpack(folder);
    assertThat(Trees.look(folder)).isEqualTo(Trees.look(stage)).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../out", "a/../../out", "a//b", ".", "", "a/.", "nul\0"})
  void aPathThatLeadsOutIsRefused(String path) throws Exception {
    unpacker.directory(directory("a"));
    assertThatThrownBy(() -> unpacker.file(file(path)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be unpacked");
    assertThat(temporary).isDirectoryNotContaining("glob:**/out");
  }

  @Test
  void nothingIsWrittenThroughALink() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    unpacker.symlink(link("door", outside.toString()));
    assertThatThrownBy(() -> unpacker.file(file("door/file"))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> unpacker.directory(directory("door/folder")))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> unpacker.symlink(link("door/link", "x"))).isInstanceOf(Problem.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aFileIsNotWrittenOverALink() throws Exception {
    Path victim = Files.writeString(temporary.resolve("victim"), "mine");
    unpacker.symlink(link("same", victim.toString()));
    assertThatThrownBy(() -> unpacker.file(file("same")))
        .hasMessageContaining("its place is taken by another name");
    assertThat(victim).hasContent("mine");
  }

  @Test
  void anotherNameInTheSamePlaceIsRefused() throws Exception {
    unpacker.directory(directory("a"));
    unpacker.file(file("a/file")).close();
    Files.createDirectory(folder.resolve("A"));
    assertThatThrownBy(() -> unpacker.directory(directory("A"))).hasMessageContaining("taken");
    assertThatThrownBy(() -> unpacker.symlink(link("A", "a"))).hasMessageContaining("taken");
    assertThatThrownBy(() -> unpacker.symlink(link("A", "a/"))).hasMessageContaining("taken");
    assertThatThrownBy(() -> unpacker.file(file("a/file"))).hasMessageContaining("taken");
  }

  @Test
  void aFolderThatIsNotEmptyIsRefused() throws Exception {
    Files.createFile(folder.resolve("mine"));
    assertThatThrownBy(() -> unpacker.directory(directory("a"))).hasMessageContaining("not empty");
  }

  @Test
  void readOnlyFoldersCanBeFilled() throws Exception {
    unpacker.directory(new Entry("a", Entry.Type.DIRECTORY, 0555, 0, null, null));
    unpacker.file(file("a/file")).close();
    unpacker.finish();
    assertThat(Files.getAttribute(folder.resolve("a"), "unix:mode")).isEqualTo(040555);
    Files.setAttribute(folder.resolve("a"), "unix:mode", 0755);
  }

  @Test
  void whileUnpackingOnlyTheOwnerMayRead() throws Exception {
    unpacker.directory(directory("a"));
    try (OutputStream out = unpacker.file(file("a/file"))) {
      out.write(1);
      assertThat(Files.getAttribute(folder.resolve("a"), "unix:mode")).isEqualTo(040700);
      assertThat(Files.getAttribute(folder.resolve("a/file"), "unix:mode")).isEqualTo(0100600);
    }
    unpacker.finish();
    assertThat(Files.getAttribute(folder.resolve("a/file"), "unix:mode")).isEqualTo(0100644);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "a//b", "./a", "/", "-n", "$(reboot)", "line\nline", "ä/"})
  void linkTargetsAreKeptToTheLetter(String target) throws Exception {
    unpacker.symlink(link("-link", target));
    Path made = folder.resolve("-link");
    assertThat(Files.readSymbolicLink(made)).hasToString(target);
    assertThat(Files.isSymbolicLink(made)).isTrue();
    assertThat(Files.exists(made, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  private static Entry directory(String path) {
    return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null);
  }

  private static Entry file(String path) {
    return new Entry(path, Entry.Type.FILE, 0644, 1, null, null);
  }

  private static Entry link(String path, String target) {
    return new Entry(path, Entry.Type.SYMLINK, 0777, 0, null, target);
  }
}
