package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Fieldlift packs can be unpacked in ten years without it.
class GnuTarTest {
  @TempDir Path temporary;
  private Path tree;
  private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    tree = Trees.stage(Files.createDirectory(temporary.resolve("tree")));
    Trees.file(tree, "zz-noise", 0644, Trees.noise(5 << 20, 1));
    folder = Files.createDirectory(temporary.resolve("folder"));
  }

  @Test
  void tarUnpacksTheWholeArchive() throws Exception {
    tar(Packed.of(tree).archive());
    assertThat(Trees.look(folder)).isEqualTo(Trees.look(tree));
  }

  @Test
  void tarUnpacksEveryPartByItself() throws Exception {
    for (byte[] part : Packed.of(tree).bytes()) tar(part);
    assertThat(Trees.look(folder)).isEqualTo(Trees.look(tree));
  }

  @Test
  void tarUnpacksAnArchiveWithItsHead() throws Exception {
    List<NamedBytes> files =
        List.of(new NamedBytes("fieldlift/release.json", new byte[] {'{', '}'}));
    byte[] head = HeadMember.write(files, HeadMember.sizeFor(files) + 5000);
    tar(Forge.join(head, Packed.of(tree).archive()));
    assertThat(folder.resolve("fieldlift/release.json")).hasContent("{}");
    assertThat(Trees.look(folder)).containsAllEntriesOf(Trees.look(tree));
  }

  @Test
  void tarReadsASizeBeyondEightGibibytes() throws Exception {
    Entry huge = new Entry("huge", Entry.Type.FILE, 0644, 9L << 30, null, null);
    Path archive = Files.write(temporary.resolve("huge.tar"), TarHeader.of(huge));
    Process tar = new ProcessBuilder("tar", "-tvf", archive.toString()).start();
    assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8))
        .contains("0/0", "9663676416 1980");
  }

  private void tar(byte[] archive) throws Exception {
    Path file = Files.write(temporary.resolve("archive.tar.gz"), archive);
    Process tar =
        new ProcessBuilder("tar", "-xzpf", file.toString(), "-C", folder.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(tar.waitFor()).isZero();
  }
}
