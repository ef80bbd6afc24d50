package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.DockerArchive;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.LayoutArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Docker is sent.
class ArchivesTest {
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
    Path unpacked = unpack(out -> layout(out, one, two));
    assertThat(unpacked.resolve("oci-layout")).content().contains("1.0.0");
    assertThat(unpacked.resolve("index.json"))
        .content()
        .contains("\"io.containerd.image.name\" : \"ghcr.io/lab/app@" + one.target().digest())
        .contains("\"io.containerd.image.name\" : \"docker.io/library/alpine:3\"");
    assertBlobs(unpacked, one);
    assertBlobs(unpacked, two);
    long shared = one.layers().getFirst().size();
    assertThat(progress.done()).isEqualTo(one.size() + two.size() - shared);
    assertThat(progress.total()).isEqualTo(progress.done());
    assertThat(Image.size(List.of(one, two))).isEqualTo(progress.done());
  }

  @Test
  void anArchiveNamesByTag() throws Exception {
    Path unpacked =
        unpack(out ->
            DockerArchive.write(sample.layout(), List.of(one), out, progress, new Cancellation()));
    assertThat(unpacked.resolve("manifest.json"))
        .content()
        .contains("\"RepoTags\":[\"ghcr.io/lab/app:1\"]")
        .contains("\"Config\":\"blobs/sha256/" + one.config().digest().hex());
    assertBlob(unpacked, one.config());
    for (Descriptor layer : one.layers()) assertBlob(unpacked, layer);
  }

  @Test
  void aDamagedLayerNeverBecomesAWholeTar() throws IOException {
    sample.damage(one.layers().getLast());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> layout(out, one))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is not what its manifest says");
    byte[] sent = out.toByteArray();
    byte[] end = Arrays.copyOfRange(sent, Math.max(0, sent.length - 1024), sent.length);
    assertThat(end).isNotEqualTo(new byte[1024]);
  }

  @Test
  void aLayerThatGrewOrShrankIsDamaged() throws IOException {
    Files.write(sample.blob(one.layers().getLast()), new byte[4999]);
    assertThatThrownBy(() -> layout(new ByteArrayOutputStream(), one)).isInstanceOf(Problem.class);
  }

  private void layout(OutputStream out, Image... images) throws IOException {
    LayoutArchive.write(sample.layout(), List.of(images), out, progress, new Cancellation());
  }

  private Path unpack(Docker.Body body) throws Exception {
    Path file = folder.resolve("images.tar");
    try (var out = Files.newOutputStream(file)) {
      body.writeTo(out);
    }
    Path to = Files.createDirectory(folder.resolve("unpacked"));
    run("tar", "-xf", file.toString(), "-C", to.toString());
    return to;
  }

  private static void assertBlobs(Path unpacked, Image image) throws IOException {
    for (Descriptor blob : image.blobs()) assertBlob(unpacked, blob);
  }

  private static void assertBlob(Path unpacked, Descriptor blob) throws IOException {
    Path file = unpacked.resolve("blobs/sha256").resolve(blob.digest().hex());
    assertThat(Digest.of(file)).isEqualTo(blob.digest());
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
