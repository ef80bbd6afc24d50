package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Kept;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.docker.SampleLayout;
import org.fieldlift.oci.docker.loading.LoadMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationDockerTest {
  private static final String BUNDLE =
      """
      forklift-version: v0.8.0-alpha.6
      pallet:
        path: git.example.org/lab/microscope
        version: v1
      deploys:
        apps/viewer:
          package: /packages/viewer
      exports:
        apps/viewer:
          compose-app:
            name: viewer
            images: [%s]
      """;

  @TempDir Path folder;
  private Path stages;
  private StationDocker docker;

  @BeforeEach
  void makePlaces() {
    stages = folder.resolve("stages");
    docker =
        new StationDocker(folder.resolve("images"), new LoadMemory(folder.resolve("loaded.json")));
  }

  @Test
  void everyBundleOfTheStoreCounts() throws IOException {
    bundle(1, "registry.example.org/lab/app:1.0");
    bundle(2, "alpine:3.20");
    assertThat(docker.needed(stages, false))
        .extracting(ImageReference::text)
        .containsExactly("registry.example.org/lab/app:1.0", "alpine:3.20");
  }

  /// Else a mistyped store would say that no image is needed, and all of them would go.
  @Test
  void aStoreThatIsNotThereIsRefusedHoweverItWasNamed() {
    for (boolean isNamed : new boolean[] {false, true}) {
      assertThatThrownBy(() -> docker.needed(stages, isNamed))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("There is no stage store at " + stages);
    }
  }

  @Test
  void aStoreWithoutBundlesHasToBeNamedAndToBeOne() throws IOException {
    Files.createDirectories(stages);
    assertThatThrownBy(() -> docker.needed(stages, false))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("holds no bundle");
    assertThatThrownBy(() -> docker.needed(stages, true))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is no stage store");
    Files.writeString(stages.resolve("forklift-stage-store.yml"), "forklift-version: v0.7.0\n");
    assertThatThrownBy(() -> docker.needed(stages, false)).isInstanceOf(Problem.class);
    assertThat(docker.needed(stages, true)).isEmpty();
  }

  @Test
  void imagesForAnotherPlatformAloneAreRefusedNamingBoth() throws IOException {
    SampleLayout sample = SampleLayout.at(folder.resolve("images"));
    Platform device = Platform.parse("linux/arm64");
    assertThatThrownBy(() -> SuitableImages.of(sample.layout(), device).chosen(List.of()))
        .hasMessageContaining("There is no image in");
    sample.tagged("alpine:3.20");
    assertThatThrownBy(() -> SuitableImages.of(sample.layout(), device).chosen(List.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("are for linux/amd64; this Docker runs linux/arm64");
  }

  @Test
  void whatIsForAnotherPlatformIsCountedAndNeedsNotBeWhole() throws IOException {
    SampleLayout sample = SampleLayout.at(folder.resolve("images"));
    Image ours = sample.tagged("alpine:3.20");
    ImageReference name = ImageReference.parse("lab/arm:1");
    Problem lacking = Problem.failed("A layer is missing.", "Get it.");
    Kept theirs = new Kept.Broken(name, "linux/arm64", ours.target(), lacking);
    Map<String, Kept> best = new LinkedHashMap<>();
    best.put(name.text(), theirs);
    best.put(ours.reference().text(), new Kept.Whole(ours));
    SuitableImages suitable =
        new SuitableImages(sample.layout(), Platform.parse("linux/amd64"), best);
    assertThat(suitable.chosen(List.of())).containsExactly(ours);
    assertThat(suitable.others()).isEqualTo(1);
    assertThatThrownBy(() -> suitable.chosen(List.of("lab/arm:1")))
        .hasMessageContaining("lab/arm:1: A layer is missing.");
    assertThatThrownBy(() -> suitable.chosen(List.of("lab/other:1")))
        .hasMessageContaining("There is no image lab/other:1");
  }

  private void bundle(int number, String... images) throws IOException {
    Path bundle = Files.createDirectories(stages.resolve(Integer.toString(number)));
    Path viewer = Files.createDirectories(bundle.resolve("packages/packages/viewer"));
    Files.writeString(viewer.resolve("forklift-package.yml"), "package: {}\n");
    Files.writeString(
        bundle.resolve("forklift-bundle.yml"),
        BUNDLE.formatted(String.join(", ", List.of(images))));
  }
}
