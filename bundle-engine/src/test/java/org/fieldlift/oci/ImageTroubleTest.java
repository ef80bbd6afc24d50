package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.CopyOutcome.Failed;
import org.fieldlift.oci.CopyOutcome.Here;
import org.fieldlift.oci.CopyOutcome.Lacking;
import org.junit.jupiter.api.Test;

/// Damaged, lying and odd images.
class ImageTroubleTest extends ImageCopyBench {
  @Test
  void whatIsHereAndDamagedIsFetchedAgain() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    String reference = "lab/app:1@" + index.digest();
    Image image = copied(reference).image();
    for (Descriptor blob : List.of(image.layers().getFirst(), image.config(), image.target())) {
      damage(layout, blob);
      assertThat(layout.has(blob)).as("its size is right").isTrue();
      copied(reference);
      assertThat(layout.path(blob.digest())).hasBinaryContent(sample.bytes(blob));
    }
    registry.requests.clear();
    assertThat(copied(reference).fetched()).isZero();
    assertThat(registry.requests)
        .extracting(FakeRegistry.Request::path)
        .noneMatch(path -> path.contains("/blobs/"));
  }

  @Test
  void offlineWhatIsDamagedComesFromAnotherLayoutOrIsLacking() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    String reference = "lab/app:1@" + index.digest();
    Image image = copied(reference).image();
    ImageLayout first = layout;
    layout = ImageLayout.at(folder.resolve("second"));
    copied(reference);
    damage(layout, image.layers().getFirst());
    assertThat(offline(reference)).isInstanceOf(Lacking.class);
    reuse = List.of(first);
    assertThat(offline(reference)).isInstanceOf(Here.class);
    damage(first, image.layers().getLast());
    Files.delete(layout.path(image.layers().getLast().digest()));
    assertThat(offline(reference)).isInstanceOf(Failed.class);
  }

  @Test
  void aBrokenDownloadGoesOnInTheNextRun() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    Descriptor base = sample.blob(SampleImage.OCI_LAYER, BASE);
    Path partial = Files.createDirectories(layout.folder().resolve("incoming"));
    Files.write(partial.resolve(base.digest().hex()), Arrays.copyOf(BASE, 200_000));
    copied("lab/app:1@" + index.digest());
    assertThat(registry.requests).extracting(FakeRegistry.Request::range).contains("bytes=200000-");
    assertThat(partial).doesNotExist();
  }

  @Test
  void halfADownloadThatIsWrongIsFetchedAnew() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    Descriptor base = sample.blob(SampleImage.OCI_LAYER, BASE);
    Path partial = Files.createDirectories(layout.folder().resolve("incoming"));
    Files.write(partial.resolve(base.digest().hex()), new byte[200_000]);
    copied("lab/app:1@" + index.digest());
    assertThat(layout.path(base.digest())).hasBinaryContent(BASE);
  }

  @Test
  void otherBytesThanTheDigestsAreNotTaken() throws IOException {
    pushed("lab/app", "1");
    registry.trick(
        "/blobs/",
        (exchange, blob) -> {
          byte[] lie = blob.clone();
          lie[lie.length - 1]++;
          FakeRegistry.serve(exchange, lie, null);
        });
    assertThat(failure("lab/app:1").kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
    assertThat(layout.images()).isEmpty();
    assertThat(Files.list(layout.blobs())).isEmpty();
  }

  @Test
  void anotherManifestThanThePinnedOneIsNotTaken() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    byte[] other = sample.bytes(sample.manifest("linux/arm64", OWN));
    registry.trick("/manifests/", (exchange, _) -> FakeRegistry.serve(exchange, other, null));
    assertThat(failure("lab/app:1@" + index.digest()).kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
  }

  @Test
  void aBodyThatIsCutOffAgainAndAgainEndsWithWords() throws IOException {
    pushed("lab/app", "1");
    Descriptor own = sample.blob(SampleImage.OCI_LAYER, OWN);
    registry.trick(
        own.digest().hex(),
        (exchange, blob) -> {
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, 100);
          exchange.getResponseBody().flush();
        });
    assertThat(failure("lab/app:1")).hasMessageContaining("tried 6 times");
    assertThat(layout.has(sample.blob(SampleImage.OCI_LAYER, BASE))).as("is kept").isTrue();
  }

  @Test
  void whatCannotBeCopiedIsRefusedInWords() throws IOException {
    refuse("{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[]}", "schema 1");
    refuse("{\"schemaVersion\":2,\"mediaType\":\"application/x\"}", "unknown kind");
    refuse("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}", "alone");
    refuse("{\"schemaVersion\":2,\"manifests\":[]}", "not made for linux/arm64");
    refuse("not json", "cannot be read");
    refuse("{\"a\":1,\"a\":2}", "cannot be read");
    Descriptor config = sample.config("linux/arm64");
    Descriptor foreign =
        sample.blob("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", OWN);
    Descriptor manifest = sample.manifest(MediaTypes.OCI_MANIFEST, config, List.of(foreign));
    refuse(new String(sample.bytes(manifest), UTF_8), "a layer of the kind");
    Descriptor layer = sample.blob(SampleImage.OCI_LAYER, OWN);
    Descriptor plain = sample.manifest(MediaTypes.OCI_MANIFEST, config, List.of(layer));
    String text = new String(sample.bytes(plain), UTF_8);
    refuse(
        text.replace(",\"size\":20000", ",\"size\":20000,\"urls\":[\"http://evil\"]"),
        "lies elsewhere");
    refuse(text.replace("20000", "-1"), "a size");
    refuse(text.replace("20000", "9223372036854775807"), "a size");
    String sha512 = "sha512:" + "a".repeat(128);
    refuse(text.replace(layer.digest().toString(), sha512), "not SHA-256");
    refuse(text.replace(layer.digest().toString(), "sha256:" + "A".repeat(64)), "a SHA-256 digest");
  }

  @Test
  void aLineOfAnotherPlatformMayHaveADigestWeDoNotKnow() throws IOException {
    Descriptor ours = sample.manifest("linux/arm64", OWN);
    String line =
        "{\"mediaType\":\"%s\",\"digest\":\"sha512:%s\",\"size\":9,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}";
    String index = new String(sample.bytes(sample.index("linux/arm64", ours)), UTF_8);
    for (String architecture : List.of("s390x", "arm64")) {
      String more = line.formatted(MediaTypes.OCI_MANIFEST, "b".repeat(128), architecture);
      String both = index.replaceFirst("\\[", "[" + more.replace("$", "\\$") + ",");
      registry.push("lab/app", "1", sample.json(MediaTypes.OCI_INDEX, both), sample);
      assertThat(copied("lab/app:1").image().manifest()).isEqualTo(ours);
    }
    String only = line.formatted(MediaTypes.OCI_MANIFEST, "b".repeat(128), "arm64");
    refuse("{\"schemaVersion\":2,\"manifests\":[" + only + "]}", "not SHA-256");
  }

  @Test
  void anImageThatLiesAboutASizeFailsAloneAndSpoilsNoOther() throws IOException {
    pushed("lab/app", "1");
    Descriptor own = sample.blob(SampleImage.OCI_LAYER, OWN);
    Descriptor lie = new Descriptor(own.mediaType(), own.digest(), own.size() + 1);
    Descriptor config = sample.config("linux/arm64");
    registry.push(
        "lab/liar",
        "1",
        sample.manifest(MediaTypes.OCI_MANIFEST, config, List.of(lie, own)),
        sample);
    assertThat(copy("lab/liar:1", "lab/app:1"))
        .satisfiesExactly(
            liar -> assertThat(liar).isInstanceOf(Failed.class),
            good -> assertThat(good).isInstanceOf(Here.class));
    assertThat(layout.images()).hasSize(1);
  }

  @Test
  void anImageBuiltForAnotherProcessorThanItsIndexSaysIsRefused() throws IOException {
    Descriptor amd64 = sample.manifest("linux/amd64", OWN);
    registry.push("lab/app", "1", sample.index("linux/arm64", amd64), sample);
    assertThat(failure("lab/app:1")).hasMessageContaining("but for linux/amd64");
  }

  @Test
  void anArm32ImageIsTakenWhereThereIsNoBetterOne() throws IOException {
    Descriptor armv7 = sample.manifest("linux/arm/v7", OWN);
    Descriptor index =
        sample.index("linux/amd64", sample.manifest("linux/amd64", OWN), "linux/arm/v7", armv7);
    registry.push("lab/app", "1", index, sample);
    assertThat(copied("lab/app:1").image().manifest()).isEqualTo(armv7);
  }
}
