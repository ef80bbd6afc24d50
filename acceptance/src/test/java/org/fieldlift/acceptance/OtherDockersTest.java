package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.acceptance.Dockers.Kind;
import org.fieldlift.acceptance.Dockers.Way;
import org.fieldlift.acceptance.LabImages.Pinned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Images into real Dockers that are not run as the package of a distribution runs them.
class OtherDockersTest {
  @TempDir Path folder;
  private LabImages images;
  private String pinned;
  private String hub;

  @BeforeEach
  void images() throws IOException {
    images = new LabImages(folder.resolve("images"));
    pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "of a registry");
    hub = images.image("lab/hub:1.0", Pinned.INDEX, "of the hub");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AS_USUAL")
  void theContainerdStoreIsSentThemHoweverItIsRun(Way way) throws IOException {
    try (Dockers docker = start(Kind.DOCKER_29_CONTAINERD, way)) {
      load(docker).well();
      assertAreFound(docker);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCKER_20_CLASSIC", "DOCKER_29_CLASSIC"})
  void aClassicStoreThatIsStartedByItsSocketPullsThem(Kind kind) throws IOException {
    try (Dockers docker = start(kind, Way.SOCKET_ACTIVATED)) {
      load(docker).well();
      assertAreFound(docker);
      assertThat(docker.docker("run", "--rm", "--network=none", pinned).well().out())
          .contains("of a registry");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOCKER_20_CLASSIC", "DOCKER_29_CLASSIC"})
  void aClassicStoreWithoutRightsIsRefusedBeforeAnythingChanges(Kind kind) throws IOException {
    try (Dockers docker = start(kind, Way.ROOTLESS)) {
      load(docker, "--dry-run").refused(1, "rootless");
      load(docker).refused(1, "rootless");
      assertThat(docker.id(pinned)).isEmpty();
    }
  }

  @Test
  void aClassicStoreBehindAProxyIsRefusedBeforeAnythingChanges() throws IOException {
    try (Dockers docker = start(Kind.DOCKER_20_CLASSIC, Way.PROXIED)) {
      load(docker, "--dry-run").refused(1, "proxy");
      load(docker).refused(1, "proxy");
      assertThat(docker.id(pinned)).isEmpty();
    }
  }

  private void assertAreFound(Dockers docker) {
    assertThat(docker.id(pinned)).isNotEmpty();
    assertThat(docker.id(hub)).isNotEmpty();
    assertThat(load(docker).well().out()).contains("has all 2 images already");
  }

  private Dockers start(Kind kind, Way way) throws IOException {
    return Dockers.start(kind, way, folder.resolve("docker"));
  }

  private Program.Said load(Dockers docker, String... options) {
    return docker.fieldlift(folder.resolve("station")).run(images.loading(docker, options));
  }
}
