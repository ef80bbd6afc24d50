package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {
  @TempDir Path folder;

  @Test
  void aSliceOfASliceIsTheRightBytes() throws IOException {
    byte[] bytes = bytes(10_000);
    Content slice = Content.of(bytes).slice(1000, 5000).slice(10, 100);
    assertThat(slice.bytes(100, "slice")).isEqualTo(Arrays.copyOfRange(bytes, 1010, 1110));
    assertThatThrownBy(() -> slice.slice(50, 51)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aStreamYieldsTheWholeFile() throws IOException {
    byte[] bytes = bytes(3 * (1 << 20) + 17);
    Path file = Files.write(folder.resolve("file"), bytes);
    assertThat(Content.of(file, bytes.length).stream().readAllBytes()).isEqualTo(bytes);
  }

  @Test
  void aFileThatShrankIsNoticed() throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes(100));
    assertThatThrownBy(() -> Content.of(file, 200).read(0, ByteBuffer.allocate(200)))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void moreThanTheLimitIsNeverReadIntoMemory() {
    assertThatThrownBy(() -> Content.of(bytes(11)).bytes(10, "release.json"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("release.json is larger");
  }

  @Test
  void aFolderShowsRegularFilesOnly() throws IOException {
    Files.createDirectories(folder.resolve("inside"));
    Files.write(folder.resolve("inside/file"), bytes(5));
    Path outside = Files.write(folder.resolve("outside"), bytes(6));
    Files.createSymbolicLink(folder.resolve("inside/link"), outside);
    FileTree tree = new DirectoryTree(folder.resolve("inside"));
    assertThat(tree.list("")).containsExactly(new FileTree.Child("file", false, 5));
    assertThat(tree.file("link")).isEmpty();
  }

  @Test
  void aLinkedFolderLeadsNowhere() throws IOException {
    Files.createDirectories(folder.resolve("inside"));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.write(folder.resolve("elsewhere/secret"), bytes(5));
    Files.createSymbolicLink(folder.resolve("inside/sub"), folder.resolve("elsewhere"));
    assertThat(new DirectoryTree(folder.resolve("inside")).file("sub/secret")).isEmpty();
    assertThat(new DirectoryTree(folder.resolve("inside")).list("sub")).isEmpty();
  }

  @Test
  void aPathThatClimbsOutIsRefused() {
    FileTree tree = new DirectoryTree(folder);
    assertThatThrownBy(() -> tree.file("../x")).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> tree.file("/etc/passwd")).isInstanceOf(Problem.class);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
