package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.fieldlift.io.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTarsTest {
  @TempDir Path folder;

  @Test
  void theSameFilesWrittenByTwoProgramsAreTheSame() throws IOException {
    Path ours = tar("ours", folder("usr"), file("usr/tool", 0755, "x"), link("usr/l", "tool"));
    Path theirs =
        tar(
            "theirs",
            folder("."),
            folder("usr/"),
            owned(file("usr/tool", 0755, "x")),
            owned(link("usr/l", "tool")));
    assertThat(Files.mismatch(ours, theirs)).isNotEqualTo(-1);
    assertThat(areSame(ours, theirs)).isTrue();
  }

  @Test
  void whateverForkliftWouldTakeOutDifferentlyTellsThemApart() throws IOException {
    Path one = tar("one", file("a", 0755, "x"), link("l", "a"));
    List<Path> others =
        List.of(
            tar("content", file("a", 0755, "y"), link("l", "a")),
            tar("length", file("a", 0755, "xx"), link("l", "a")),
            tar("mode", file("a", 0644, "x"), link("l", "a")),
            tar("name", file("b", 0755, "x"), link("l", "a")),
            tar("target", file("a", 0755, "x"), link("l", "b")),
            tar("kind", file("a", 0755, "x"), folder("l")),
            tar("more", file("a", 0755, "x"), link("l", "a"), file("c", 0644, "")),
            tar("fewer", file("a", 0755, "x")),
            tar("none"));
    for (Path other : others) {
      assertThat(areSame(one, other)).as(other.toString()).isFalse();
      assertThat(areSame(other, one)).as(other.toString()).isFalse();
    }
  }

  @Test
  void whatIsNoTarIsLikeNone() throws IOException {
    Path one = tar("one", file("a", 0755, "x".repeat(5000)));
    Path text = Files.writeString(folder.resolve("text"), "<html>Not found</html>".repeat(100));
    byte[] bytes = Files.readAllBytes(one);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, 3000));
    assertThat(areSame(one, text)).isFalse();
    assertThat(areSame(text, one)).isFalse();
    assertThat(areSame(one, cut)).isFalse();
  }

  @Test
  void aPersonCanStopIt() throws IOException {
    Path one = tar("one", file("a", 0755, "x"));
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() -> ImageTars.areSame(one, one, cancellation))
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  private static boolean areSame(Path one, Path other) throws IOException {
    return ImageTars.areSame(one, other, new Cancellation());
  }

  /// One entry of a tar and what is in it.
  private record Entry(TarArchiveEntry head, byte[] content) {}

  private Path tar(String name, Entry... entries) throws IOException {
    Path file = folder.resolve(name);
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
      for (Entry each : entries) {
        out.putArchiveEntry(each.head);
        out.write(each.content);
        out.closeArchiveEntry();
      }
    }
    return file;
  }

  private static Entry folder(String name) {
    TarArchiveEntry head = new TarArchiveEntry(name, TarConstants.LF_DIR);
    head.setMode(0755);
    return new Entry(head, new byte[0]);
  }

  private static Entry file(String name, int mode, String content) {
    TarArchiveEntry head = new TarArchiveEntry(name);
    head.setMode(mode);
    head.setSize(content.length());
    return new Entry(head, content.getBytes(UTF_8));
  }

  private static Entry link(String name, String target) {
    TarArchiveEntry head = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    head.setLinkName(target);
    return new Entry(head, new byte[0]);
  }

  private static Entry owned(Entry entry) {
    entry.head.setUserId(1000);
    entry.head.setUserName("pi");
    entry.head.setModTime(1_700_000_000_000L);
    return entry;
  }
}
