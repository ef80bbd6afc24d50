package org.fieldlift.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.LayoutChange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachesKeptTest extends ImportBench {
  private static final String TYPE = "application/vnd.oci.image.";

  private Descriptor layer;
  private PackedRelease release;

  @BeforeEach
  void aBundleThatBringsAnImage() throws IOException {
    Path bundle = Trees.bundle(temporary.resolve("bundle"));
    ImageLayout layout = ImageLayout.at(bundle.resolve("caches/images"));
    try (LayoutChange change = layout.change()) {
      layer = put(change, TYPE + "layer.v1.tar", "the layer's bytes");
      Descriptor config =
          put(change, TYPE + "config.v1+json", "{\"os\":\"linux\",\"architecture\":\"arm64\"}");
      Descriptor manifest =
          put(
              change,
              TYPE + "manifest.v1+json",
              "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                  .formatted(json(config), json(layer)));
      ImageReference name = ImageReference.parse("registry.example.org/lab/a:1");
      change.add(new Image(name, "linux/arm64", manifest, manifest, config, List.of(layer)));
    }
    release = PackedRelease.of(bundle, description(SEQUENCE), lab);
  }

  @Test
  void linkedLayersAreTheSameFileAsTheCaches() throws IOException {
    assertThat(run(release, true, CachesKept.LINK)).isInstanceOf(Imported.class);
    assertThat(Files.isSameFile(blob(stages.resolve("1/caches/images")), blob(images()))).isTrue();
    assertThat(ImageLayout.open(images()).images()).hasSize(1);
  }

  @Test
  void aDamagedLayerOfTheCacheIsNotTakenOver() throws IOException {
    run(release, true, CachesKept.LINK);
    Files.delete(blob(stages.resolve("1/caches/images")));
    Files.writeString(blob(images()), "other bytes of it");
    Path bundle = temporary.resolve("bundle");
    Trees.write(bundle, "more", "more");
    run(PackedRelease.of(bundle, description(SEQUENCE + 1), lab), true, CachesKept.LINK);
    assertThat(blob(images())).hasContent("the layer's bytes");
    assertThat(blob(stages.resolve("2/caches/images"))).hasContent("the layer's bytes");
  }

  @Test
  void aCacheThatCannotBeUsedKeepsNoBundleFromComing() throws IOException {
    Files.writeString(images(), "somebody's file");
    assertThat(run(release, true, CachesKept.LINK))
        .isInstanceOfSatisfying(
            Imported.class,
            imported ->
                assertThat(imported.images().remarks().getFirst())
                    .contains("not shared with other bundles")
                    .contains(images().toString()));
    assertThat(images()).hasContent("somebody's file");
    assertThat(blob(stages.resolve("1/caches/images"))).hasContent("the layer's bytes");
  }

  @Test
  void aLinkInPlaceOfTheImagesLeadsToNobodyElses() throws IOException {
    Path bundle = temporary.resolve("bundle");
    Path others = temporary.resolve("others");
    Files.move(bundle.resolve("caches/images"), others);
    Files.createSymbolicLink(bundle.resolve("caches/images"), others);
    release = PackedRelease.of(bundle, description(SEQUENCE), lab);
    assertRefused(release, Refusal.DAMAGED, "caches/images is a link");
    assertThat(foresee(release)).isInstanceOf(Foreseen.Refused.class);
  }

  @Test
  void droppedCachesAreGoneAndTheReleaseIsStillKnown() throws IOException {
    run(release, true, CachesKept.DROP);
    assertThat(stages.resolve("1/caches")).doesNotExist();
    assertThat(images()).doesNotExist();
    assertThat(run(release, true, CachesKept.DROP)).isInstanceOf(AlreadyThere.class);
  }

  @Test
  void droppedCachesComeBackWhenTheReleaseComesAgain() throws IOException {
    run(release, true, CachesKept.DROP);
    assertThat(run(release, true, CachesKept.KEEP))
        .isInstanceOfSatisfying(
            AlreadyThere.class, there -> assertThat(there.index()).isEqualTo(1));
    assertThat(blob(stages.resolve("1/caches/images"))).hasContent("the layer's bytes");
    assertThat(names()).noneMatch(name -> name.startsWith(".import-"));
  }

  @Test
  void aDamagedOrMissingCacheIsMadeWholeWhenTheReleaseComesAgain() throws IOException {
    run(release, true, CachesKept.LINK);
    Files.writeString(blob(images()), "other bytes of it");
    assertThat(run(release, true, CachesKept.LINK)).isInstanceOf(AlreadyThere.class);
    assertThat(blob(stages.resolve("1/caches/images"))).hasContent("the layer's bytes");
    Files.delete(blob(stages.resolve("1/caches/images")));
    assertThat(run(release, true, CachesKept.LINK)).isInstanceOf(AlreadyThere.class);
    assertThat(blob(stages.resolve("1/caches/images"))).hasContent("the layer's bytes");
    assertThat(names()).noneMatch(name -> name.startsWith(".import-"));
  }

  @Test
  void cachesOfABundleThatIsThereAreLinkedOrDroppedAsTold() throws IOException {
    run(release, true, CachesKept.KEEP);
    release.onWalk = () -> assertThat(false).as("nothing is read again").isTrue();
    run(release, true, CachesKept.LINK);
    assertThat(Files.isSameFile(blob(stages.resolve("1/caches/images")), blob(images()))).isTrue();
    run(release, true, CachesKept.DROP);
    assertThat(stages.resolve("1/caches")).doesNotExist();
    assertThat(blob(images())).doesNotExist();
    assertThat(run(release, true, CachesKept.DROP)).isInstanceOf(AlreadyThere.class);
  }

  @Test
  void layersOfDeletedBundlesAreGoneWithTheNextImport() throws IOException {
    run(release, true, CachesKept.LINK);
    FolderFiles.delete(stages.resolve("1"));
    run(genuine(), true, CachesKept.LINK);
    assertThat(blob(images())).doesNotExist();
    assertThat(ImageLayout.open(images()).images()).isEmpty();
  }

  @Test
  void layersThatABundleHasStayInTheCache() throws IOException {
    run(release, true, CachesKept.LINK);
    run(genuine(), true, CachesKept.LINK);
    assertThat(blob(images())).hasContent("the layer's bytes");
  }

  @Test
  void aStoreBehindALinkSharesWhereItReallyLies() throws IOException {
    Path real = Files.createDirectories(temporary.resolve("disk/forklift/stages"));
    Files.createSymbolicLink(stages, real);
    run(release, true, CachesKept.LINK);
    assertThat(
            Files.isSameFile(
                blob(real.resolve("1/caches/images")), blob(real.resolveSibling("images"))))
        .isTrue();
    assertThat(images()).doesNotExist();
  }

  @Test
  void keptCachesAreAsTheyCame() throws IOException {
    run(release, true, CachesKept.KEEP);
    assertThat(blob(stages.resolve("1/caches/images"))).hasContent("the layer's bytes");
    assertThat(images()).doesNotExist();
  }

  private Path images() {
    return stages.resolveSibling("images");
  }

  private Path blob(Path layout) {
    return layout.resolve("blobs/sha256").resolve(layer.digest().hex());
  }

  private static Descriptor put(LayoutChange change, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    Descriptor blob = new Descriptor(type, Digest.of(bytes), bytes.length);
    change.put(blob, new ByteArrayInputStream(bytes), new Cancellation());
    return blob;
  }

  private static String json(Descriptor blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(blob.mediaType(), blob.digest(), blob.size());
  }
}
