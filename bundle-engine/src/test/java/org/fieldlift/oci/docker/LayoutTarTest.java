package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTarTest {
  @TempDir Path folder;
  private final Progress progress = new Progress("tar");
  private SampleLayout sample;
  private Image one;
  private Image two;

  @BeforeEach
  void make() throws IOException {
    sample = SampleLayout.at(folder.resolve("layout"));
    one = sample.pinned("ghcr.io/lab/app:1", 5000);
    two = sample.tagged("alpine:3");
  }

  @Test
  void aLayoutHoldsEachBlobOnceAndNamesPinnedImagesByDigest() throws Exception {
    LayoutTar tar = tar(one, two);
    Path unpacked = unpack(out -> tar.writeLayout(out, progress, new Cancellation()));
    assertThat(unpacked.resolve("oci-layout")).content().contains("1.0.0");
    assertThat(unpacked.resolve("index.json"))
        .content()
        .contains("\"io.containerd.image.name\":\"ghcr.io/lab/app@" + one.target().digest())
        .contains("\"io.containerd.image.name\":\"docker.io/library/alpine:3\"");
    assertBlobs(unpacked, one);
    assertBlobs(unpacked, two);
    assertThat(progress.done()).isEqualTo(tar.bytes());
    long shared = one.layers().getFirst().size();
    assertThat(tar.bytes()).isEqualTo(one.size() + two.size() - shared);
  }

  @Test
  void anArchiveNamesByTag() throws Exception {
    Path unpacked = unpack(out -> tar(one).writeArchive(out, progress, new Cancellation()));
    assertThat(unpacked.resolve("manifest.json"))
        .content()
        .contains("\"RepoTags\":[\"ghcr.io/lab/app:1\"]")
        .contains("\"Config\":\"blobs/sha256/" + one.config().digest().hex());
    assertBlobs(unpacked, one);
  }

  @Test
  void aDamagedLayerEndsItBeforeTheLastOfItsBytes() throws IOException {
    Descriptor layer = one.layers().getLast();
    byte[] whole = Files.readAllBytes(sample.blob(layer));
    sample.damage(layer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> tar(one).writeLayout(out, progress, new Cancellation()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("damaged");
    assertThat(out.size()).isLessThan((int) one.size() + whole.length);
    assertThat(out.toString(UTF_8)).doesNotContain(new String(whole, UTF_8));
  }

  @Test
  void aLayerThatGrewOrShrankIsDamaged() throws IOException {
    Files.write(sample.blob(one.layers().getLast()), new byte[4999]);
    assertThatThrownBy(
            () -> tar(one).writeLayout(new ByteArrayOutputStream(), progress, new Cancellation()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aSizeBeyondEightGibibytesIsReadByTar() throws Exception {
    long size = (1L << 33) + 12345;
    Path file = folder.resolve("large.tar");
    Files.write(file, TarOutput.header("blobs/sha256/x", size));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(512 + (size + 511) / 512 * 512 + 1024);
    }
    assertThat(run("tar", "-tvf", file.toString())).contains(Long.toString(size), "blobs/sha256/x");
  }

  private LayoutTar tar(Image... images) {
    return new LayoutTar(sample.layout(), List.of(images));
  }

  private Path unpack(Conversation.Body body) throws Exception {
    Path file = folder.resolve("images.tar");
    try (var out = Files.newOutputStream(file)) {
      body.writeTo(out);
    }
    Path to = Files.createDirectory(folder.resolve("unpacked"));
    run("tar", "-xf", file.toString(), "-C", to.toString());
    return to;
  }

  private static void assertBlobs(Path unpacked, Image image) throws IOException {
    for (Descriptor blob : image.blobs()) {
      Path file = unpacked.resolve("blobs/sha256").resolve(blob.digest().hex());
      assertThat(Digest.of(file)).isEqualTo(blob.digest());
    }
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
