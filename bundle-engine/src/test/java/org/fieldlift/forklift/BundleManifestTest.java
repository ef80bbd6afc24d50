package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleManifestTest {
  @TempDir Path folder;

  @Test
  void itReadsWhatForkliftWrote() throws IOException {
    BundleManifest manifest = parse(BundleFixture.MANIFEST);
    assertThat(manifest.forkliftVersion()).isEqualTo("v0.8.0-alpha.6");
    assertThat(manifest.path()).isEqualTo("git.example.org/lab/microscope");
    assertThat(manifest.version()).isEqualTo("v2026.1.1-0.20260401000000-4f1ceb2a340d");
    assertThat(manifest.clean()).isTrue();
    assertThat(manifest.description()).isEqualTo("Microscope for field stations");
    assertThat(manifest.timestamp()).isEqualTo(20260401000000L);
    assertThat(manifest.deployments()).containsExactly("apps/viewer", "net/hosts");
  }

  @ParameterizedTest
  @CsvSource({
    "v2024.0.0-beta.2.0.20241023155628-0b2207e01eaa, 20241023155628",
    "v0.0.0-20240404030405-d9d567f02ef2, 20240404030405",
    "v1.2.3, 0",
    "v1.2.3-20240404030405, 0",
    "'', 0",
  })
  void onlyAPseudoversionTellsItsTime(String version, long timestamp) throws IOException {
    String yaml =
        BundleFixture.MANIFEST.replace(
            "v2026.1.1-0.20260401000000-4f1ceb2a340d", '"' + version + '"');
    assertThat(parse(yaml).timestamp()).isEqualTo(timestamp);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "forklift-version: v0.8.0-alpha.6\n",
        "forklift-version: v0.8.0-alpha.6\npallet:\n  version: v1.0.0\ndeploys: {}\n"
      })
  void aManifestWithNothingButAVersionIsRefused(String yaml) {
    assertThatThrownBy(() -> parse(yaml)).hasMessageContaining("empty or was cut off");
  }

  @Test
  void aManifestThatWasCutBeforeItsDeploymentsIsRefused() {
    String cut = BundleFixture.MANIFEST.substring(0, BundleFixture.MANIFEST.indexOf("deploys:"));
    assertThatThrownBy(() -> parse(cut))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.what()).contains("git.example.org/lab/microscope deploys nothing");
              assertThat(problem.next()).contains("Forklift would remove every app");
            });
    assertThatThrownBy(() -> parse(cut + "deploys:\n")).hasMessageContaining("deploys nothing");
  }

  @Test
  void theDialectBeforeAlpha6IsRefusedInAClearSentence() {
    String old =
        BundleFixture.MANIFEST.replace(
            "  apps/viewer:\n    oci-image:\n      -", "  apps/viewer:\n    -");
    assertThatThrownBy(() -> parse(old))
        .hasMessageContaining("written by a Forklift older than v0.8.0-alpha.6");
  }

  @Test
  void unknownKeysArePassedOver() throws IOException {
    String extended = BundleFixture.MANIFEST + "caches:\n  images: caches/images\n";
    assertThat(parse(extended)).isEqualTo(parse(BundleFixture.MANIFEST));
  }

  @Test
  void duplicateKeysAreRefused() {
    assertThatThrownBy(() -> parse(BundleFixture.MANIFEST + "deploys: {}\n"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("forklift-bundle.yml cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "tag: v1.1.0, tag: v1.1, 'includes.pallets.git.example.org/lab/base.version-lock.tag'",
    "type: version, type: branch, version-lock.type",
    "commit: 0cbf52, commit: 0, version-lock.commit",
    "'timestamp: \"20260210101010\"', timestamp: today, version-lock.timestamp",
  })
  void anIncludeWhoseLockYieldsNoVersionIsNamed(String right, String wrong, String named) {
    assertThatThrownBy(() -> parse(BundleFixture.MANIFEST.replaceFirst(right, wrong)))
        .hasMessageContaining(named);
  }

  @Test
  void aWrongTypeNamesTheField() {
    assertThatThrownBy(() -> parse(BundleFixture.MANIFEST.replace("clean: true", "clean: perhaps")))
        .hasMessage("forklift-bundle.yml is not valid: \"pallet.clean\" must be true or false.");
  }

  @Test
  void aCompleteBundleIsRead() throws IOException {
    BundleFixture.write(folder);
    assertThat(BundleManifest.read(folder)).isEqualTo(parse(BundleFixture.MANIFEST));
  }

  @Test
  void whatAppsHaveMountedIsReadAsItIsWritten() throws IOException {
    String app =
        """
        exports:
          a/app:
            compose-app:
              created-bind-mounts:
                - packages/packages/a/data/
              required-bind-mounts:
                - /srv/app
          b/files:
            file:
              - b
        """;
    String manifest = BundleFixture.MANIFEST.replaceFirst("(?s)\nexports:.*", "\n");
    BundleFixture.file(folder, "forklift-bundle.yml", manifest + app);
    assertThat(BundleManifest.mounts(folder))
        .containsExactly("packages/packages/a/data/", "/srv/app");
    BundleFixture.file(
        folder, "forklift-bundle.yml", manifest + app.replace("- /srv/app", "- [x]"));
    assertThatThrownBy(() -> BundleManifest.mounts(folder))
        .hasMessageContaining("exports.a/app.compose-app.required-bind-mounts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forklift-bundle.yml",
        "packages/forklift-repository.yml",
        "packages/git.example.org/lab/pkgs/viewer/forklift-package.yml",
        "packages/packages/net/hosts/forklift-package.yml"
      })
  void aBundleThatLacksAFileForkliftNeedsIsRefusedWithItsName(String file) throws IOException {
    BundleFixture.write(folder);
    Files.delete(folder.resolve(file));
    assertThatThrownBy(() -> BundleManifest.read(folder)).hasMessageContaining(file);
  }

  @Test
  void aManifestThatIsALinkIsNotFollowed() throws IOException {
    Path bundle = BundleFixture.write(folder.resolve("bundle"));
    Files.move(bundle.resolve("forklift-bundle.yml"), folder.resolve("elsewhere.yml"));
    Files.createSymbolicLink(bundle.resolve("forklift-bundle.yml"), Path.of("../elsewhere.yml"));
    assertThatThrownBy(() -> BundleManifest.read(bundle)).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../../etc", "a/../../..", "", "a//b"})
  void aPackageOutsideTheBundleIsRefused(String name) throws IOException {
    BundleFixture.write(folder);
    BundleFixture.file(
        folder,
        "forklift-bundle.yml",
        BundleFixture.MANIFEST.replace("/packages/net/hosts", '"' + name + '"'));
    assertThatThrownBy(() -> BundleManifest.read(folder))
        .hasMessageContaining("impossible package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0.6.9", "0.8.0", "\"\""})
  void aVersionForkliftWouldNotApplyIsRefused(String version) throws IOException {
    BundleFixture.write(folder);
    BundleFixture.file(
        folder,
        "forklift-bundle.yml",
        BundleFixture.MANIFEST.replaceFirst("v0.8.0-alpha.6", version));
    assertThatThrownBy(() -> BundleManifest.read(folder))
        .hasMessageContaining("declares the Forklift version");
  }

  private static BundleManifest parse(String yaml) throws IOException {
    return BundleManifest.parse(yaml.getBytes(UTF_8));
  }
}
