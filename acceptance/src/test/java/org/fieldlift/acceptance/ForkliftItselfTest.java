package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.acceptance.Dockers.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The unmodified Forklift takes what Fieldlift brings. Forklift is looked for on the PATH; where
/// it is not, these are skipped, and what it would say is held by the engine's fixtures.
class ForkliftItselfTest {
  private static final String PLATFORM = LabWorkspace.PLATFORM;
  private static final String TOOL_FILES =
      "caches/downloads/oci-image-fs-tarballs/localhost/5000/lab/tool/0.1.tar";

  @TempDir Path folder;
  private LabWorkspace lab;
  private Path home;

  @BeforeEach
  void aWorkspaceAndADeviceThatHasNothing() throws IOException {
    Program.needs("forklift", "git");
    lab = LabWorkspace.in(folder.resolve("lab"));
    home = Files.createDirectories(folder.resolve("device"));
  }

  @AfterEach
  void noRegistryIsLeft() throws IOException {
    if (lab != null) lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"current", "next"})
  void itReadsTheBundleAndStagesAnEqualOneFromWhatCameBack(String name) throws IOException {
    Path release = folder.resolve("release.forklift-bundle.tar.gz");
    export("stage", "export-bundle", name, release).well();
    device("stage", "import-bundle", release, "--set-next", "--images", "none").well();
    forklift("stage", "show-bun", "1").well();
    forklift("stage", "check").well();
    forklift("stage", "set-next", "--cache-img=false", "1").well();

    device("plt", "switch", "--from-bundle", release).well();
    forklift("plt", "stage", "--cache-img=false").well();
    Path stages = home.resolve(".local/share/forklift/stages");
    String ours = Files.readString(stages.resolve("1/forklift-bundle.yml"));
    assertThat(ours).startsWith(Files.readString(stages.resolve("2/forklift-bundle.yml")));
    assertThat(Trees.describe(stages.resolve("1/packages")))
        .isEqualTo(Trees.describe(stages.resolve("2/packages")));
    assertThat(Trees.describe(stages.resolve("1/exports")))
        .isEqualTo(Trees.describe(stages.resolve("2/exports")));
  }

  @Test
  void itSwitchesToTheSamePalletWithoutANetwork() throws IOException {
    Path release = folder.resolve("release.forklift-bundle.tar.gz");
    export("stage", "export-bundle", "current", release).well();
    device("plt", "switch", "--from-bundle", release).well();
    forklift("plt", "switch", "--cache-img=false", LabWorkspace.PRODUCT + "@main").well();
    assertThat(staged()).hasSameTextualContentAs(lab.stage("2").resolve("forklift-bundle.yml"));
  }

  @Test
  void theLocalPalletIsExportedAsForkliftStagesIt() throws IOException {
    Path clean = folder.resolve("clean.forklift-bundle.tar.gz");
    export("plt", "export-bundle", clean).well();
    assertThat(lab.stage("4")).doesNotExist();
    device("stage", "import-bundle", clean, "--images", "none").well();
    assertThat(Files.readString(staged())).startsWith(text(lab.stage("2")));

    Files.writeString(lab.root().resolve(".local/share/forklift/pallet/README.md"), "changed\n");
    Path dirty = folder.resolve("dirty.forklift-bundle.tar.gz");
    assertThat(export("plt", "export-bundle", dirty).well().err())
        .contains("-dirty for " + PLATFORM);
  }

  @Test
  void theLocalPalletIsExportedForAnyPlatformAndTheWorkspaceStaysAsItWas() throws IOException {
    Map<String, String> before = Trees.describe(lab.root());
    Map<String, String> tools = new TreeMap<>();
    for (String platform : List.of("linux/amd64", PLATFORM, "linux/amd64")) {
      Path release = folder.resolve("for").resolve(platform);
      Program.run("rm", "-rf", release).well();
      exportFor(platform, "plt", "export-bundle", release).well();
      for (String path : List.of("exports/overlays/usr/bin/tool", TOOL_FILES)) {
        String digest = entry(release, path);
        assertThat(tools.getOrDefault(platform + path, digest)).isEqualTo(digest);
        tools.put(platform + path, digest);
      }
    }
    assertThat(tools.values()).doesNotHaveDuplicates().hasSize(4);
    assertThat(entry(folder.resolve("for").resolve(PLATFORM), "exports/overlays/usr/bin/tool"))
        .isEqualTo(Digests.of(lab.stage("2").resolve("exports/overlays/usr/bin/tool")));
    assertThat(Trees.describe(lab.root())).isEqualTo(before);
  }

  /// The digest that `release.json` gives a file.
  private static String entry(Path release, String path) throws IOException {
    String json = Files.readString(release.resolve("release.json"));
    return json.substring(json.indexOf("\"path\" : \"" + path + "\""))
        .replaceFirst("(?s).*?\"sha256\" : \"([0-9a-f]{64})\".*", "$1");
  }

  private Path staged() {
    return home.resolve(".local/share/forklift/stages/1/forklift-bundle.yml");
  }

  private static String text(Path bundle) throws IOException {
    return Files.readString(bundle.resolve("forklift-bundle.yml"));
  }

  @ParameterizedTest
  @EnumSource
  void itAppliesWhatWasImportedOnAnyDocker(Kind kind) throws IOException {
    OfflineApps apps = new OfflineApps(folder.resolve("apps"));
    Path release = apps.release("1");
    try (Dockers docker = Dockers.start(kind, folder.resolve("docker"))) {
      Fieldlift device = docker.fieldlift(folder.resolve("station"));
      apps.trust(device);
      Path stages = folder.resolve("stages");
      OfflineApps.importBundle(device, docker, release, stages).well();
      docker
          .run(
              "env",
              "DOCKER_HOST=unix://" + docker.socket(),
              "forklift",
              "--workspace",
              home,
              "--stage-store",
              stages,
              "stage",
              "apply")
          .well();
      assertThat(stages.resolve("forklift-stage-store.yml")).content().contains("history:");
      assertThat(docker.docker("ps", "--format", "{{.Names}}").well().out()).contains("app");
    }
  }

  private Program.Said export(Object... words) {
    return exportFor(PLATFORM, words);
  }

  private Program.Said exportFor(String platform, Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--workspace", lab.root(), "--platform", platform, "--key", lab.key()));
    all.addAll(lab.mirrors());
    return lab.station().run(all.toArray());
  }

  private Program.Said device(Object... words) {
    Fieldlift device = Fieldlift.at(folder.resolve("fieldlift"));
    lab.trust(device);
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--workspace", home, "--platform", PLATFORM));
    return device.run(all.toArray());
  }

  private Program.Said forklift(Object... words) {
    List<Object> all = new ArrayList<>(List.of("forklift", "--workspace", home));
    all.addAll(List.of("--platform", PLATFORM));
    all.addAll(List.of(words));
    return Program.run(all.toArray());
  }
}
