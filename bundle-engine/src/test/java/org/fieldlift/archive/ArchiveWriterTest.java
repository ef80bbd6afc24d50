package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {
  private static final PartSink NOWHERE =
      new PartSink() {
        @Override
        public OutputStream begin() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public void end(Part part) {}
      };

  @TempDir Path temporary;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(temporary.resolve("tree"));
  }

  @Test
  void theSameTreeGivesTheSameBytes() throws Exception {
    Trees.stage(tree);
    Trees.file(tree, "text", 0644, "all the same ".repeat(400_000).getBytes(UTF_8));
    Path twin = Files.createDirectory(temporary.resolve("twin"));
    Packed.of(tree).unpack(twin);
    assertThat(Packed.of(twin).archive()).isEqualTo(Packed.of(tree).archive());
  }

  @Test
  void scanningSaysThePathsAndSizesThatWritingYields() throws Exception {
    List<Entry> written = Packed.of(Trees.stage(tree)).entries();
    assertThat(written.stream().map(entry -> undigested(entry)).toList())
        .isEqualTo(ArchiveWriter.scan(Tree.of(tree)));
  }

  @Test
  void everyFileCarriesTheDigestOfItsContent() throws Exception {
    byte[] noise = Trees.noise(5 << 20, 7);
    Trees.file(tree, "noise", 0644, noise);
    Trees.file(tree, "text", "text");
    assertThat(Packed.of(tree).entries())
        .extracting(Entry::sha256)
        .containsExactly(Digest.of(noise), Digest.of("text".getBytes(UTF_8)));
  }

  @Test
  void aLargeFileIsAPartOfItsOwnThatDependsOnNothingElse() throws Exception {
    Trees.file(tree, "b-blob", 0644, Trees.noise(4 << 20, 3));
    Part alone = Packed.of(tree).parts().getFirst();
    Trees.file(tree, "a", "before");
    Trees.file(tree, "c", "behind");
    assertThat(Packed.of(tree).parts()).hasSize(4).contains(alone);
  }

  @Test
  void theEndMarkIsAlwaysTheSamePart() throws Exception {
    Part end = Packed.of(tree).parts().getLast();
    assertThat(Packed.of(Trees.stage(tree)).parts().getLast()).isEqualTo(end);
    assertThat(end.size()).isLessThan(1100);
  }

  @Test
  void partsAreNamedByTheirBytes() throws Exception {
    Packed packed = Packed.of(Trees.stage(tree));
    for (int i = 0; i < packed.parts().size(); i++) {
      byte[] bytes = packed.bytes().get(i);
      assertThat(packed.parts().get(i)).isEqualTo(new Part(Digest.of(bytes), bytes.length));
    }
  }

  @Test
  void compressedContentIsStoredAndTheRestIsDeflated() throws Exception {
    Trees.file(tree, "blob", 0644, Trees.noise(6 << 20, 4));
    Trees.file(tree, "text", 0644, "the same again ".repeat(400_000).getBytes(UTF_8));
    List<Part> parts = Packed.of(tree).parts();
    assertThat(parts.get(0).size()).isBetween(6L << 20, (6L << 20) + 4096);
    assertThat(parts.get(1).size()).isLessThan(100_000);
  }

  @Test
  void storedAndDeflatedFilesMayShareAPart() throws Exception {
    for (int i = 0; i < 5; i++) {
      Trees.file(tree, "noise" + i, 0644, Trees.noise(300_000 + i, i));
      Trees.file(tree, "text" + i, 0644, "row after row ".repeat(9000 + i).getBytes(UTF_8));
    }
    Packed packed = Packed.of(tree);
    assertThat(packed.parts()).hasSize(2);
    try (GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(packed.bytes().getFirst()))) {
      assertThat(plain.readAllBytes().length % 512).isZero();
    }
    Path twin = Files.createDirectory(temporary.resolve("twin"));
    packed.unpack(twin);
    assertThat(Trees.look(twin)).isEqualTo(Trees.look(tree));
  }

  @Test
  void hardLinksBecomeFiles() throws Exception {
    Path one = Trees.file(tree, "one", "shared");
    Files.createLink(tree.resolve("two"), one);
    assertThat(Packed.of(tree).entries())
        .extracting(Entry::type)
        .containsExactly(Entry.Type.FILE, Entry.Type.FILE);
  }

  @Test
  void aPipeIsRefusedByName() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThatThrownBy(() -> ArchiveWriter.scan(Tree.of(tree)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("\"pipe\" cannot be packed: it is a device, a pipe or a socket");
  }

  @Test
  void aNameThatIsNotUnicodeIsRefused() throws Exception {
    assertThat(
            new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377name')\"")
                .directory(tree.toFile())
                .start()
                .waitFor())
        .isZero();
    assertThatThrownBy(() -> ArchiveWriter.scan(Tree.of(tree)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("its name is not valid UTF-8");
    try (var files = Files.list(tree)) {
      Files.delete(files.findFirst().orElseThrow());
    }
  }

  @Test
  void aTreeThatChangedSinceItWasScannedIsRefusedByName() throws Exception {
    Trees.file(tree, "a", "first");
    Trees.file(tree, "b", "second");
    List<Entry> scanned = ArchiveWriter.scan(Tree.of(tree));
    Files.writeString(tree.resolve("b"), "second, longer");
    refusesAsChanged(scanned, "\"b\"");
    Trees.file(tree, "b", "second");
    Files.setAttribute(tree.resolve("a"), "unix:mode", 0600);
    refusesAsChanged(scanned, "\"a\"");
    Trees.file(tree, "a", "first");
    Trees.file(tree, "c", "new");
    refusesAsChanged(scanned, "\"c\"");
    Files.delete(tree.resolve("c"));
    Files.delete(tree.resolve("b"));
    refusesAsChanged(scanned, "\"b\"");
  }

  @Test
  void aFileThatChangesWhileItIsBeingPackedIsRefusedAndItsPartNeverEnds() throws Exception {
    int moreThanIsReadAhead = (2 * Runtime.getRuntime().availableProcessors() + 8) << 20;
    Trees.file(tree, "b", 0644, new byte[moreThanIsReadAhead]);
    Path last = Trees.file(tree, "c", "about to change");
    List<Part> ended = new ArrayList<>();
    PartSink sink =
        new PartSink() {
          @Override
          public OutputStream begin() throws IOException {
            Files.writeString(last, "changed");
            return OutputStream.nullOutputStream();
          }

          @Override
          public void end(Part part) {
            ended.add(part);
          }
        };
    assertThatThrownBy(() -> write(ArchiveWriter.scan(Tree.of(tree)), sink, new Cancellation()))
        .isInstanceOf(Problem.class)
        .hasMessage("\"c\" changed while it was being packed.");
    assertThat(ended).hasSize(1);
  }

  @Test
  void aSinkThatFailsEndsThePackingAtOnce() throws Exception {
    for (int i = 0; i < 10; i++) Trees.file(tree, "b" + i, 0644, Trees.noise(4 << 20, i));
    PartSink full =
        new PartSink() {
          @Override
          public OutputStream begin() throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void end(Part part) {
            throw new AssertionError("nothing was written");
          }
        };
    assertThatThrownBy(() -> write(ArchiveWriter.scan(Tree.of(tree)), full, new Cancellation()))
        .hasMessage("no space left");
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("archive-")) assertThat(thread.join(ofSeconds(5))).isTrue();
    }
  }

  @Test
  void progressIsCountedInTheFilesBytes() throws Exception {
    Trees.file(tree, "a", 0644, Trees.noise(3_000_000, 1));
    Trees.file(tree, "b", 0644, new byte[500]);
    Progress progress = new Progress("packing");
    ArchiveWriter.write(
        Tree.of(tree), ArchiveWriter.scan(Tree.of(tree)), NOWHERE, progress, new Cancellation());
    assertThat(progress.done()).isEqualTo(3_000_500).isEqualTo(progress.total());
  }

  @Test
  void packingStopsOnRequest() throws Exception {
    Trees.file(tree, "a", "text");
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    assertThatThrownBy(() -> write(ArchiveWriter.scan(Tree.of(tree)), NOWHERE, cancelled))
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  private void refusesAsChanged(List<Entry> scanned, String name) {
    PartSink untouched =
        new PartSink() {
          @Override
          public OutputStream begin() {
            throw new AssertionError("nothing may be written");
          }

          @Override
          public void end(Part part) {
            throw new AssertionError("nothing may be written");
          }
        };
    assertThatThrownBy(() -> write(scanned, untouched, new Cancellation()))
        .isInstanceOf(Problem.class)
        .hasMessage(name + " changed while it was being packed.");
  }

  private void write(List<Entry> scanned, PartSink sink, Cancellation cancellation)
      throws IOException {
    ArchiveWriter.write(Tree.of(tree), scanned, sink, new Progress("packing"), cancellation);
  }

  private static Entry undigested(Entry entry) {
    return new Entry(entry.path(), entry.type(), entry.mode(), entry.size(), null, entry.target());
  }
}
