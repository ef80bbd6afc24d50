package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.ImageReference;
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

  private void bundle(int number, String... images) throws IOException {
    Path bundle = Files.createDirectories(stages.resolve(Integer.toString(number)));
    Path viewer = Files.createDirectories(bundle.resolve("packages/packages/viewer"));
    Files.writeString(viewer.resolve("forklift-package.yml"), "package: {}\n");
    Files.writeString(
        bundle.resolve("forklift-bundle.yml"),
        BUNDLE.formatted(String.join(", ", List.of(images))));
  }
}
