package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.acceptance.Dockers.Kind;
import org.fieldlift.acceptance.LabImages.Pinned;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.Cancellation;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.loading.UnusedImages.Candidate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Images into real Dockers that have no way out, found by exactly the words of a compose file.
class ImageLoadTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyReferenceOfAComposeFileIsFoundAndRuns(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    List<String> references =
        List.of(
            images.image("registry.example.org/lab/index:1.0", Pinned.INDEX, "an index"),
            images.image("ghcr.io/lab/list:2", Pinned.DOCKER_LIST, "a list"),
            images.image("registry.lab:5000/deep/er/path:3", Pinned.MANIFEST, "a manifest"),
            images.image("alpine:3.20", Pinned.INDEX, "official"),
            images.image("tecnativa/docker-socket-proxy:0.3", Pinned.DOCKER_LIST, "of the hub"),
            images.image("docker.io/lab/hub:1", Pinned.NOTHING, "a tag of the hub"),
            images.image("quay.io/lab/tag:9", Pinned.NOTHING, "a tag"));
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      load(docker, images).well();

      for (String reference : references) {
        assertThat(docker.id(reference)).as(reference).isNotEmpty();
        assertThat(docker.docker("run", "--rm", "--network=none", reference).well().out())
            .isNotBlank();
      }
      assertNothingIsChanged(docker);
      assertThat(load(docker, images).well().out()).contains("has all 7 images already");
      assertThat(dryRun(docker, images).well().err()).contains("nothing would be loaded");
    }
  }

  @ParameterizedTest
  @EnumSource
  void composeStartsThemOffline(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "composed");
    Path file = folder.resolve("compose-app.yml");
    Files.writeString(
        file,
        """
        services:
          app:
            image: %s
            command: [/bin/sleep, "600"]
            network_mode: none
        """
            .formatted(pinned));
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      assertThat(docker.compose(file, "up", "--detach").code()).isNotZero();
      load(docker, images).well();

      docker.compose(file, "up", "--detach").well();
      assertThat(docker.docker("ps", "--format", "{{.Image}}").well().out())
          .contains("ghcr.io/lab/app");
      docker.compose(file, "down", "--timeout", "0").well();
    }
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfAnOlderPlatformThatThisOneRunsAreFoundToo(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/older:1", Pinned.ALSO_RUNS, "older platform");
    String hub = images.image("lab/older:2", Pinned.ALSO_RUNS, "of the hub");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      load(docker, images).well();
      assertThat(docker.id(pinned)).isNotEmpty();
      assertThat(docker.id(hub)).isNotEmpty();
      assertThat(docker.docker("run", "--rm", "--network=none", pinned).well().out())
          .contains("older platform");
      assertThat(load(docker, images).well().out()).contains("has all 2 images already");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTagThatMovedLeavesTheReleaseBeforeWhole(Kind kind) throws IOException {
    LabImages before = new LabImages(folder.resolve("before"));
    LabImages after = new LabImages(folder.resolve("after"));
    String older = before.image("ghcr.io/lab/app:stable", Pinned.INDEX, "older");
    String newer = after.image("ghcr.io/lab/app:stable", Pinned.INDEX, "newer");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      load(docker, before).well();
      load(docker, after).well();

      assertThat(docker.docker("run", "--rm", "--network=none", older).well().out())
          .contains("older");
      assertThat(docker.docker("run", "--rm", "--network=none", newer).well().out())
          .contains("newer");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTakenPortIsLedPast(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "past the proxy");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      docker.run("busybox", "httpd", "-p", "443", "-h", folder).well();
      docker.await(() -> docker.run("busybox", "netstat", "-ltn").out().contains(":443 "));
      load(docker, images).well();

      assertThat(docker.id(pinned)).isNotEmpty();
      assertNothingIsChanged(docker);
      assertThat(docker.run("iptables", "-t", "nat", "-S", "OUTPUT").well().out())
          .doesNotContain("REDIRECT");
    }
  }

  @ParameterizedTest
  @EnumSource
  void damagedImagesNeverArrive(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "damaged", 3 << 20);
    Path largest = images.largestBlob();
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(largest, bytes);
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      load(docker, images).refused(3, "damaged");

      assertThat(docker.id(pinned)).isEmpty();
      assertNothingIsChanged(docker);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatKilledRunsLeftIsUndoneByTheNext(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "killed", 60 << 20);
    String hub = images.image("lab/hub:1.0", Pinned.INDEX, "killed too", 60 << 20);
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      String own = "{ \"registry-mirrors\": [\"http://127.0.0.1:9\"],  \"debug\": true }\n";
      String put =
          "mkdir -p /etc/docker; echo '%s' >/etc/docker/daemon.json".formatted(own.strip());
      docker.run("sh", "-c", put).well();
      int kills = 0;
      for (int round = 0; round < 3; round++) {
        if (endInTheMiddle(docker, images, round, "KILL").code() == Fieldlift.KILLED) kills++;
      }
      assertThat(kills).isPositive();
      load(docker, images).well();

      assertThat(docker.id(pinned)).isNotEmpty();
      assertThat(docker.id(hub)).isNotEmpty();
      assertThat(docker.run("cat", "/etc/docker/daemon.json").well().out()).isEqualTo(own);
      assertThat(docker.run("cat", "/etc/hosts").well().out())
          .isEqualTo(Files.readString(Path.of("/etc/hosts")));
      assertThat(docker.changed("/var/lib/fieldlift/docker-undo.json")).doesNotExist();
    }
  }

  @ParameterizedTest
  @EnumSource
  void askedToStopItLeavesTheMachineAsItWas(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "stopped", 60 << 20);
    images.image("lab/hub:1.0", Pinned.INDEX, "stopped too", 60 << 20);
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      assertThat(endInTheMiddle(docker, images, 1, "TERM").code()).isNotZero();

      assertNothingIsChanged(docker);
      load(docker, images).well();
      assertThat(docker.id(pinned)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoBundleNeedsIsOfferedAndRemovedOnlyWhenAsked(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String older = images.image("ghcr.io/lab/app:1", Pinned.INDEX, "older");
    String newer = images.image("ghcr.io/lab/app:2", Pinned.INDEX, "newer");
    Cancellation never = new Cancellation();
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"));
        Engine engine = Engine.open(home())) {
      load(docker, images).well();
      docker.docker("tag", newer, "lab/mine:1").well();
      Optional<Path> socket = Optional.of(docker.socket());
      List<ImageReference> needed = List.of(ImageReference.parse(newer));

      List<Candidate> offered = engine.docker().unused(socket, needed, never);
      assertThat(offered).hasSize(1);
      assertThat(offered.getFirst().size()).isPositive();
      assertThat(docker.id(older)).isNotEmpty();

      docker.docker("create", "--name", "user", "--network=none", older).well();
      assertThat(engine.docker().remove(socket, offered.getFirst(), never)).isFalse();
      docker.docker("rm", "user").well();
      assertThat(engine.docker().remove(socket, offered.getFirst(), never)).isTrue();
      assertThat(docker.id(older)).isEmpty();
      assertThat(docker.id(newer)).isNotEmpty();
      assertThat(docker.id("lab/mine:1")).isNotEmpty();
      assertThat(engine.docker().unused(socket, needed, never)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void byTagTheyRunAndItIsSaidWhatIsLost(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    String pinned = images.image("ghcr.io/lab/app:1.0", Pinned.INDEX, "by tag");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      load(docker, images, "--images=tags").refused(1, "no digests");

      assertThat(docker.id("ghcr.io/lab/app:1.0")).isNotEmpty();
      assertThat(docker.id(pinned)).isEmpty();
      assertNothingIsChanged(docker);
    }
  }

  /// Starts a load and sends it a signal when it has begun, each round a little later.
  private Program.Said endInTheMiddle(Dockers docker, LabImages images, int round, String signal)
      throws IOException {
    Path memory = home().resolve("device/loaded-images.json");
    Path marker = docker.changed("/var/lib/fieldlift/docker-undo.json");
    Files.deleteIfExists(memory);
    Fieldlift.Running running = docker.fieldlift(home()).begin(images.loading(docker));
    docker.await(() -> hasBegun(docker, memory, marker) || !running.process().isAlive());
    pause(round * 300L);
    running.process().children().forEach(java -> Program.run("kill", "-" + signal, java.pid()));
    return running.end();
  }

  private static boolean hasBegun(Dockers docker, Path memory, Path marker) {
    return Files.exists(docker.isClassic() ? marker : memory);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Program.Said load(Dockers docker, LabImages images, String... options) {
    return docker.fieldlift(home()).run(images.loading(docker, options));
  }

  private Program.Said dryRun(Dockers docker, LabImages images) {
    return load(docker, images, "--dry-run");
  }

  private Path home() {
    return folder.resolve("station");
  }

  /// The machine is as it was: names, certificates, Docker's settings, and no note of what to undo.
  private static void assertNothingIsChanged(Dockers docker) throws IOException {
    assertThat(docker.run("cat", "/etc/hosts").well().out())
        .isEqualTo(Files.readString(Path.of("/etc/hosts")));
    assertThat(docker.run("sh", "-c", "ls /etc/docker 2>/dev/null || true").well().out())
        .doesNotContain("certs.d")
        .doesNotContain("daemon.json");
    assertThat(docker.changed("/var/lib/fieldlift/docker-undo.json")).doesNotExist();
    assertThat(
            docker.docker("info", "--format", "{{.RegistryConfig.Mirrors}}").well().out().strip())
        .isEqualTo("[]");
  }
}
