package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.engine.ImageDesk.Format;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.LayoutChange;
import org.fieldlift.oci.docker.SampleLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationImagesTest {
  @TempDir Path folder;
  private StationImages images;
  private SampleLayout sample;
  private Image image;

  @BeforeEach
  void anImageIsThere() throws IOException {
    images = new StationImages(folder.resolve("images"));
    sample = SampleLayout.at(folder.resolve("images"));
    image = sample.tagged("alpine:3.20");
  }

  @Test
  void ofAnImageForTwoPlatformsOneIsExportedWhenItIsNamed() throws IOException {
    Image other = sample.tagged("alpine:3.20", "arm64");
    assertThatThrownBy(() -> exported(null, "alpine:3.20"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("--platform"));
    assertThat(exported("linux/amd64", "alpine:3.20")).containsExactly(image);
    assertThat(exported("linux/arm64")).containsExactly(other);
    assertThatThrownBy(() -> exported("linux/s390x", "alpine:3.20"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no image alpine:3.20 for linux/s390x");
  }

  @Test
  void twoSpellingsOfOneImageAreOne() throws IOException {
    add("docker.io/library/alpine:3.20", "linux/amd64");
    assertThat(exported(null)).hasSize(1);
    assertThat(exported(null, "alpine:3.20")).containsExactly(image);
    assertThat(exported(null, "index.docker.io/library/alpine:3.20")).hasSize(1);
  }

  private void add(String reference, String platform) throws IOException {
    try (LayoutChange change = sample.layout().change()) {
      change.add(
          new Image(
              ImageReference.parse(reference),
              platform,
              image.target(),
              image.manifest(),
              image.config(),
              image.layers()));
    }
  }

  private List<Image> exported(@Nullable String platform, String... references) throws IOException {
    Path file = folder.resolve("out.tar");
    Files.deleteIfExists(file);
    return images.export(
        List.of(references),
        platform,
        null,
        file,
        Format.DOCKER_ARCHIVE,
        new Progress("export"),
        new Cancellation());
  }
}
