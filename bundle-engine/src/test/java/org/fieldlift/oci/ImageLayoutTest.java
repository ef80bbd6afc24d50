package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayoutTest {
  private static final byte[] BASE = SampleImage.layer(1, 5000);

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private final SampleImage sample = new SampleImage();
  private ImageLayout layout;

  @BeforeEach
  void makeALayout() throws IOException {
    layout = ImageLayout.at(folder.resolve("images"));
  }

  @Test
  void anImageForOnePlatformIsFoundAgainThoughItsIndexSpeaksOfTwo() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    assertThat(ImageLayout.open(layout.folder()).images()).containsExactly(image);
    assertThat(image.layers()).hasSize(2);
    assertThat(image.platform()).isEqualTo("linux/arm64");
  }

  @Test
  void itsDescriptorBearsTheNamesOthersLookFor() throws IOException {
    Descriptor target = twoPlatforms(2);
    put("lab/app:1@" + target.digest(), "linux/arm64", target);
    assertThat(Files.readString(layout.index()))
        .contains("\"io.containerd.image.name\" : \"docker.io/lab/app@" + target.digest() + '"')
        .contains("\"org.opencontainers.image.ref.name\" : \"lab/app:1@" + target.digest() + '"')
        .contains("\"org.fieldlift.platform\" : \"linux/arm64\"");
  }

  @Test
  void theSameImagesGiveTheSameBytes() throws IOException {
    Descriptor one = twoPlatforms(2);
    Descriptor two = twoPlatforms(3);
    put("lab/one:1", "linux/arm64", one);
    put("lab/two:1", "linux/amd64", two);
    byte[] forth = Files.readAllBytes(layout.index());
    layout = ImageLayout.at(folder.resolve("other"));
    put("lab/two:1", "linux/amd64", two);
    put("lab/one:1", "linux/arm64", one);
    assertThat(layout.index()).hasBinaryContent(forth);
  }

  @Test
  void aTagPassesToTheImageAddedLastAndPinnedOnesLiveSideBySide() throws IOException {
    Descriptor old = twoPlatforms(2);
    Descriptor young = twoPlatforms(3);
    put("lab/app:1", "linux/arm64", old);
    put("docker.io/lab/app:1", "linux/arm64", young);
    assertThat(layout.images()).extracting(Image::target).containsExactly(young);
    put("lab/app:1@" + old.digest(), "linux/arm64", old);
    put("lab/app:1@" + young.digest(), "linux/arm64", young);
    assertThat(layout.images()).hasSize(3);
  }

  @Test
  void anImageThatLacksALayerIsNotAddedAndIsToldWhenItLosesOne() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    Files.delete(layout.path(image.layers().getLast().digest()));
    assertThatThrownBy(layout::images).isInstanceOf(Problem.class).hasMessageContaining("missing");
    try (LayoutChange change = layout.change()) {
      assertThatThrownBy(() -> change.add(image)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void aManifestThatWasChangedIsNotBelieved() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    Path manifest = layout.path(image.manifest().digest());
    Files.writeString(manifest, Files.readString(manifest).replace("\t", " "));
    assertThatThrownBy(layout::images)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
  }

  @Test
  void aLayerThatWasChangedIsFoundByReadingIt() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    Descriptor layer = image.layers().getFirst();
    Progress progress = new Progress("check");
    try (LayoutChange change = layout.change()) {
      change.dropDamaged(image.blobs(), progress, cancellation);
      assertThat(layout.images()).containsExactly(image);
      assertThat(progress.done()).isEqualTo(progress.total()).isEqualTo(image.size());
      damage(layer);
      assertThat(layout.has(layer)).as("its size is right").isTrue();
      change.dropDamaged(image.blobs(), progress, cancellation);
    }
    assertThat(layout.has(layer)).isFalse();
    assertThat(layout.has(image.layers().getLast())).isTrue();
  }

  @Test
  void whatAnImageIsBuiltForIsSaidByItsIndexOrItsConfiguration() throws IOException {
    Descriptor old = sample.manifest("linux/arm", BASE);
    Descriptor index =
        sample.index(
            "linux/arm/v7", sample.manifest("linux/arm", "x".getBytes(UTF_8)), "linux/arm/v6", old);
    Image image = put("lab/old:1", "linux/arm/v6", index);
    assertThat(image.manifest()).isEqualTo(old);
    assertThat(layout.builtFor(image)).hasToString("linux/arm/v6");
    Descriptor alone = sample.manifest("linux/386", BASE);
    assertThat(layout.builtFor(put("lab/alone:1", "linux/amd64", alone))).hasToString("linux/386");
  }

  @Test
  void anImageThatIsBrokenDoesNotHideTheOthers() throws IOException {
    Image broken = put("lab/broken:1", "linux/arm64", twoPlatforms(2));
    Image whole = put("lab/whole:1", "linux/arm64", twoPlatforms(3));
    Files.delete(layout.path(broken.layers().getLast().digest()));
    assertThat(layout.kept())
        .satisfiesExactly(
            first -> {
              assertThat(first).isInstanceOf(Kept.Broken.class);
              assertThat(first.reference()).isEqualTo(broken.reference());
            },
            second -> assertThat(second).isEqualTo(new Kept.Whole(whole)));
  }

  @Test
  void damageDoesNotSpreadToOtherLayouts() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    Descriptor layer = image.layers().getFirst();
    damage(layer);
    ImageLayout other = ImageLayout.at(folder.resolve("other"));
    try (LayoutChange change = other.change()) {
      assertThat(change.link(layer, layout, cancellation)).isFalse();
      assertThat(change.link(image.layers().getLast(), layout, cancellation)).isTrue();
    }
    assertThat(Files.list(other.blobs())).hasSize(1);
  }

  @Test
  void aBlobThatIsNotWhatItSaysIsNotTaken() throws IOException {
    Descriptor good = sample.blob(SampleImage.OCI_LAYER, BASE);
    byte[] bad = BASE.clone();
    bad[0]++;
    try (LayoutChange change = layout.change()) {
      assertThatThrownBy(() -> change.put(good, bad)).isInstanceOf(Problem.class);
      byte[] longer = new byte[BASE.length + 1];
      assertThatThrownBy(() -> change.put(good, longer)).isInstanceOf(Problem.class);
    }
    assertThat(layout.blob(good.digest())).isEmpty();
    try (var left = Files.list(layout.blobs())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void linksInItAreNotFollowed() throws IOException {
    Path secret = Files.write(folder.resolve("secret"), BASE);
    Descriptor blob = sample.blob(SampleImage.OCI_LAYER, BASE);
    Files.createSymbolicLink(layout.path(blob.digest()), secret);
    assertThat(layout.blob(blob.digest())).isEmpty();
    assertThat(layout.has(blob)).isFalse();
    Files.delete(layout.index());
    Files.createSymbolicLink(layout.index(), Files.writeString(folder.resolve("x"), "{}"));
    assertThatThrownBy(layout::images).isInstanceOf(Problem.class);
  }

  @Test
  void aFolderOfBlobsThatIsALinkHasNone() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    Path moved = Files.move(layout.blobs(), folder.resolve("moved"));
    Files.createSymbolicLink(layout.blobs(), moved);
    assertThat(layout.blob(image.target().digest())).isEmpty();
  }

  @Test
  void anIndexThatPinsOneDigestAndNamesAnotherIsRefused() throws IOException {
    Descriptor target = twoPlatforms(2);
    put("lab/app:1@" + target.digest(), "linux/arm64", target);
    Descriptor other = twoPlatforms(3);
    String lie =
        Files.readString(layout.index())
            .replace("\"digest\" : \"" + target.digest(), "\"digest\" : \"" + other.digest());
    Files.writeString(layout.index(), lie);
    assertThatThrownBy(layout::images)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("pinned to");
  }

  @Test
  void blobsOfAnotherLayoutAreLinkedNotCopied() throws IOException {
    Image image = put("lab/app:1", "linux/arm64", twoPlatforms(2));
    ImageLayout other = ImageLayout.at(folder.resolve("other"));
    try (LayoutChange change = other.change()) {
      for (Descriptor blob : image.blobs()) {
        assertThat(change.link(blob, layout, cancellation)).isTrue();
      }
      change.add(image);
    }
    assertThat(other.images()).containsExactly(image);
    Path one = layout.path(image.config().digest());
    assertThat(Files.isSameFile(one, other.path(image.config().digest()))).isTrue();
  }

  @Test
  void blobsNobodyNeedsAreRemovedAndThoseOfOtherProgramsStay() throws IOException {
    Image kept = put("lab/kept:1", "linux/arm64", twoPlatforms(2));
    Image gone = put("lab/gone:1", "linux/arm64", twoPlatforms(3));
    Descriptor foreign = twoPlatforms(4);
    addForeignLine(foreign);
    try (LayoutChange change = layout.change()) {
      assertThat(change.remove("docker.io/lab/gone:1")).isTrue();
      assertThat(change.remove("lab/gone:1")).isFalse();
      assertThat(change.prune()).isPositive();
    }
    assertThat(layout.images()).containsExactly(kept);
    assertThat(layout.has(gone.layers().getLast())).isFalse();
    assertThat(layout.has(gone.layers().getFirst())).as("shared").isTrue();
    assertThat(layout.has(foreign)).isTrue();
    assertThat(Files.readString(layout.index())).contains("of-another-program");
  }

  @Test
  void nothingIsRemovedWhileItIsUnknownWhatIsNeeded() throws IOException {
    put("lab/kept:1", "linux/arm64", twoPlatforms(2));
    Descriptor odd = sample.json("application/vnd.example.thing+json", "{\"layers\":[]}");
    addForeignLine(odd);
    try (LayoutChange change = layout.change()) {
      assertThatThrownBy(change::prune).isInstanceOf(Problem.class);
    }
    assertThat(layout.has(odd)).isTrue();
  }

  @Test
  void onlyOneChangesItAtATime() throws IOException {
    try (LayoutChange first = layout.change()) {
      assertThat(first.layout()).isSameAs(layout);
      assertThatThrownBy(layout::change)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("changed by another program");
    }
    layout.change().close();
  }

  @Test
  void anOrdinaryFolderIsNoLayout() {
    assertThatThrownBy(() -> ImageLayout.open(folder))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no container images");
  }

  private void damage(Descriptor blob) throws IOException {
    byte[] bytes = Files.readAllBytes(layout.path(blob.digest()));
    bytes[100]++;
    Files.write(layout.path(blob.digest()), bytes);
  }

  private Descriptor twoPlatforms(int seed) {
    byte[] own = SampleImage.layer(seed, 3000);
    return sample.index(
        "linux/amd64",
        sample.manifest("linux/amd64", BASE, own),
        "linux/arm64/v8",
        sample.manifest("linux/arm64", BASE, own));
  }

  private Image put(String reference, String platform, Descriptor target) throws IOException {
    Image image =
        new Resolution(ImageReference.parse(reference), Platform.parse(platform), sample::bytes)
            .resolve(target);
    try (LayoutChange change = layout.change()) {
      for (Descriptor blob : image.blobs()) {
        change.put(blob, new ByteArrayInputStream(sample.bytes(blob)), cancellation);
      }
      change.add(image);
    }
    return image;
  }

  private void addForeignLine(Descriptor target) throws IOException {
    try (LayoutChange change = layout.change()) {
      change.put(target, sample.bytes(target));
    }
    String line =
        "\"manifests\" : [ {\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"note\":\"of-another-program\"}}, "
            .formatted(target.mediaType(), target.digest(), target.size());
    String index = Files.readString(layout.index(), UTF_8);
    Files.writeString(layout.index(), index.replace("\"manifests\" : [ ", line));
  }
}
