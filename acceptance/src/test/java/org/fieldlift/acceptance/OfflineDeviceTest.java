package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.acceptance.OfflineApps.importBundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.acceptance.Dockers.Kind;
import org.fieldlift.acceptance.LabImages.Pinned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A device whose Docker has no way out takes a bundle with its images: afterwards everything its
/// compose files name is found and starts, and so does the bundle before.
class OfflineDeviceTest {
  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9./-]+:[\\w.-]+@sha256:([0-9a-f]{64})");
  private static final Path DATA =
      Program.root().resolve("acceptance/src/test/resources/forklift").toAbsolutePath();

  @TempDir Path folder;
  private OfflineApps lab;
  private Path stages;

  @BeforeEach
  void aLab() throws IOException {
    lab = new OfflineApps(folder.resolve("lab"));
    stages = folder.resolve("stages");
  }

  @ParameterizedTest
  @EnumSource
  void twoReleasesFollowEachOtherAndBothStart(Kind kind) throws IOException {
    Path first = lab.release("1");
    Path second = lab.release("2");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      Fieldlift device = docker.fieldlift(folder.resolve("device"));
      lab.trust(device);
      importBundle(device, docker, first, stages).well();
      assertThat(importBundle(device, docker, first, stages).well().out())
          .contains("already there as bundle 1", "Docker had its images already (2)");
      starts(docker, stages.resolve("1"));

      Program.Said plan = importBundle(device, docker, second, stages, "--dry-run").well();
      assertThat(plan.out())
          .contains("Removed from this device:   old-1", "New on this device:         old-2")
          .contains("Stays:                      app");
      importBundle(device, docker, second, stages).well();
      assertThat(stages.resolve("forklift-stage-store.yml")).content().contains("next: 2");
      starts(docker, stages.resolve("2"));
      starts(docker, stages.resolve("1"));
      assertThat(shared("1")).containsAnyElementsOf(shared("2"));
    }
  }

  @Test
  void whatAnEarlierReleaseHasIsTakenOver() throws IOException {
    String large = lab.images().image("ghcr.io/lab/large:1", Pinned.INDEX, "large", 9 << 20);
    lab.bundle("1", large, lab.images().image("ghcr.io/lab/small:1", Pinned.INDEX, "one"));
    Path first = folder.resolve("first");
    lab.export("1", first, "--offline").well();
    lab.bundle("2", large, lab.images().image("ghcr.io/lab/small:2", Pinned.INDEX, "two"));
    Path second = folder.resolve("second");
    Program.Said said = lab.export("2", second, "--offline", "--reuse", first.toString());
    assertThat(said.well().err()).contains("taken over from earlier releases");
    Path anew = folder.resolve("anew");
    lab.export("2", anew, "--offline").well();
    for (String file : List.of("release.json", "parts.json")) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(anew.resolve(file));
    }
  }

  @Test
  void withoutDockerNothingIsTakenInAndTheStoreIsAsItWas() throws IOException {
    Path release = lab.release("1");
    Fieldlift device = Fieldlift.at(folder.resolve("device"));
    lab.trust(device);
    List<Object> command =
        List.of("stage", "import-bundle", release, "--set-next", "--stage-store", stages);
    device
        .run(with(command, "--docker", folder.resolve("no.sock").toString()))
        .refused(4, "no.sock");
    assertThat(stages.resolve("1")).doesNotExist();
    assertThat(stages.resolve("forklift-stage-store.yml")).doesNotExist();
    device.run(with(command, "--images", "none", "--keep-caches", "drop")).well();
    assertThat(stages.resolve("1/caches")).doesNotExist();
  }

  /// Real names, each a small image of ours: thirteen that run, from Docker Hub and from GitHub's
  /// registry, and one whose files are exported.
  @ParameterizedTest
  @EnumSource
  void palletStandardFindsEveryImageByItsOwnName(Kind kind) throws IOException {
    LabImages images = new LabImages(folder.resolve("registry-images"));
    Program.run("tar", "xzpf", DATA.resolve("pallet-standard-stage.tar.gz"), "-C", folder).well();
    Path stage = lab.stages().resolve("1");
    Files.createDirectories(lab.stages());
    Files.move(folder.resolve("stage"), stage);
    Map<String, String> standIns = standIns(stage, images);
    assertThat(standIns).hasSize(13);
    repin(stage, standIns);
    images.image("ghcr.io/planktoscope/machine-name:0.1.3", Pinned.NOTHING, "names");
    Path release = folder.resolve("standard.forklift-bundle.tar.gz");
    try (Registry registry = Registry.open(folder.resolve("registry"))) {
      registry.push(images.folder());
      String[] mirrors = {
        "--mirror", "docker.io=" + registry.address(), "--mirror", "ghcr.io=" + registry.address()
      };
      lab.export("1", release, mirrors).well();
    }
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      Fieldlift device = docker.fieldlift(folder.resolve("device"));
      lab.trust(device);
      importBundle(device, docker, release, stages).well();
      for (String reference : standIns.values()) {
        assertThat(docker.id(reference)).as(reference).isNotEmpty();
      }
    }
    Path tarballs = stages.resolve("1/caches/downloads/oci-image-fs-tarballs");
    assertThat(tarballs.resolve("ghcr.io/planktoscope/machine-name/0.1.3.tar")).exists();
  }

  private static Object[] with(List<Object> command, String... more) {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of(more));
    return words.toArray();
  }

  /// Every app of a bundle comes up from the bundle's own compose file, and every string in it is
  /// found.
  private static void starts(Dockers docker, Path bundle) throws IOException {
    try (var files = Files.walk(bundle.resolve("packages"))) {
      for (Path file : files.filter(each -> each.endsWith("compose.yml")).toList()) {
        String image =
            Files.readString(file)
                .lines()
                .filter(line -> line.strip().startsWith("image:"))
                .map(line -> line.strip().substring("image: ".length()))
                .findFirst()
                .orElseThrow();
        assertThat(docker.id(image)).as(image).isNotEmpty();
        docker.compose(file, "up", "--detach", "--pull", "missing").well();
        docker.compose(file, "down", "--timeout", "0").well();
      }
    }
  }

  /// The blobs of a bundle that are the same files as in the device's image cache.
  private List<String> shared(String number) throws IOException {
    Path blobs = stages.resolve(number).resolve("caches/images/blobs/sha256");
    List<String> shared = new ArrayList<>();
    try (var all = Files.list(blobs)) {
      for (Path blob : all.toList()) {
        Path cached = stages.resolveSibling("images/blobs/sha256").resolve(blob.getFileName());
        if (Files.exists(cached) && Files.isSameFile(blob, cached)) {
          shared.add(blob.getFileName().toString());
        }
      }
    }
    return shared;
  }

  /// What a bundle pins → the same name pinned to an image of ours.
  private static Map<String, String> standIns(Path bundle, LabImages images) throws IOException {
    String manifest = Files.readString(bundle.resolve("forklift-bundle.yml"));
    TreeSet<String> pinned = new TreeSet<>();
    Matcher each = PINNED.matcher(manifest);
    while (each.find()) pinned.add(each.group());
    Map<String, String> standIns = new LinkedHashMap<>();
    for (String reference : pinned) {
      String name = reference.substring(0, reference.indexOf('@'));
      standIns.put(reference, images.image(name, Pinned.MANIFEST, name));
    }
    return standIns;
  }

  private static void repin(Path bundle, Map<String, String> standIns) throws IOException {
    List<Path> files;
    try (var all = Files.walk(bundle)) {
      files =
          all.filter(file -> file.toString().endsWith(".yml"))
              .filter(file -> !Files.isSymbolicLink(file))
              .toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      String changed = text;
      for (var each : standIns.entrySet()) {
        changed = changed.replace(each.getKey(), each.getValue());
      }
      if (!changed.equals(text)) Files.writeString(file, changed);
    }
  }
}
