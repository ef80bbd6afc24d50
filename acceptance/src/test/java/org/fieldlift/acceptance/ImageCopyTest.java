package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images copied from a real registry, then read by the programs others use.
class ImageCopyTest {
  /// A Docker manifest list, an OCI index, and one platform's manifest of the latter.
  private static final String VIEWER =
      "sha256:ed63711bacae5a2658d87ef05a04a76b1c560ce711702ceab43d17fe14174a29";

  private static final String CONTROL =
      "sha256:6b371a7fe9ce189f8ff145975f31d1f0ff0606961bba71eb1177d68f772722ee";
  private static final String CONTROL_ARM64 =
      "sha256:56c94d9aff9ad6588c3a8671dc29243c00bd60283081925930dabcfb67695382";

  @TempDir Path folder;
  private Path pushed;
  private Registry registry;
  private Fieldlift station;

  @BeforeEach
  void pushImages() throws IOException, InterruptedException {
    Program.needs("docker-registry", "skopeo", "tar");
    pushed = Files.createDirectory(folder.resolve("pushed"));
    Path images = Program.root().resolve("acceptance/src/test/resources/forklift/images.oci.tar");
    Program.run("tar", "-xf", images, "-C", pushed).well();
    registry = Registry.open(folder.resolve("registry"));
    registry.push(pushed, "lab/viewer", "1.0", VIEWER);
    registry.push(pushed, "lab/control", "2.3", CONTROL);
    station = Fieldlift.at(folder.resolve("station"));
  }

  @AfterEach
  void stop() throws IOException {
    if (registry != null) registry.close();
  }

  @Test
  void everyBlobIsWhatTheRegistryHas() throws IOException {
    cache("lab/viewer:1.0@" + VIEWER, "lab/control:2.3").well();
    Path blobs = station.home().resolve("images/blobs/sha256");
    try (var all = Files.list(blobs)) {
      assertThat(all.toList())
          .hasSize(9)
          .allSatisfy(blob ->
              assertThat(blob)
                  .hasSameBinaryContentAs(
                      pushed.resolve("blobs/sha256").resolve(blob.getFileName().toString())));
    }
    assertThat(blobs.resolve(VIEWER.substring(7))).exists();
    assertThat(cache("lab/viewer:1.0@" + VIEWER, "lab/control:2.3").well().out())
        .contains("viewer:1.0@" + VIEWER + ": here\n", "control:2.3: here\n");
  }

  @Test
  void skopeoReadsItAndPushesThePlatformsManifestUnchanged() {
    Path layout = folder.resolve("layout");
    cache("lab/control:2.3", "--layout", layout.toString()).well();
    String reference = registry.host() + "/lab/control:2.3";
    Program.run(
            "skopeo",
            "copy",
            "--override-arch",
            "arm64",
            "--preserve-digests",
            "--dest-tls-verify=false",
            "oci:" + layout + ":" + reference,
            "docker://" + registry.host() + "/from/skopeo:1")
        .well();
    assertThat(digest("from/skopeo:1")).isEqualTo(CONTROL_ARM64);
  }

  @Test
  void craneReadsItAndPushesThePlatformsManifestUnchanged() {
    Program.needs("crane");
    Path layout = folder.resolve("layout");
    cache("lab/control@" + CONTROL_ARM64, "--layout", layout.toString()).well();
    Program.run("crane", "push", "--insecure", layout, registry.host() + "/from/crane:1").well();
    assertThat(digest("from/crane:1")).isEqualTo(CONTROL_ARM64);
  }

  @Test
  void aLockedRegistryIsOpenedWithDockersLoginOnly() throws IOException, InterruptedException {
    try (Registry locked = Registry.locked(folder.resolve("locked"))) {
      locked.push(pushed, "lab/control", "2.3", CONTROL);
      String reference = locked.host() + "/lab/control:2.3";
      Path docker = Files.createDirectory(folder.resolve("docker"));
      Fieldlift person = station.through("env", "DOCKER_CONFIG=" + docker);
      person
          .run("image", "cache", "--platform", "linux/arm64", reference)
          .refused(1, "wants a login");
      Files.writeString(docker.resolve("config.json"), locked.login());
      person.run("image", "cache", "--platform", "linux/arm64", reference).well();
      assertThat(person.run("image", "list").well().out()).contains(reference);
    }
  }

  private Program.Said cache(String... words) {
    Object[] all = new Object[words.length + 4];
    all[0] = "image";
    all[1] = "cache";
    all[2] = "--platform";
    all[3] = "linux/arm64";
    for (int i = 0; i < words.length; i++) {
      all[i + 4] = words[i].startsWith("lab/") ? registry.host() + "/" + words[i] : words[i];
    }
    return station.run(all);
  }

  private String digest(String reference) {
    return Program.run(
            "skopeo",
            "inspect",
            "--tls-verify=false",
            "--override-arch",
            "arm64",
            "--format",
            "{{.Digest}}",
            "docker://" + registry.host() + "/" + reference)
        .well()
        .out()
        .strip();
  }
}
