package org.fieldlift.forklift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.BundleContents.Include;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleContentsTest {
  private static final String COMMIT = "a7f1946f93915f130baf4925ea59c26815a44e7f";
  private static final String VIEWER = "packages/git.example.org/lab/pkgs/viewer/";

  @TempDir Path bundle;

  @BeforeEach
  void write() throws IOException {
    BundleFixture.write(bundle);
    manifest(
        """
        downloads:
          apps/viewer:
            http:
              - https://me:secret@example.org/b.bin
              - https://example.org/a b.csv
              - https://example.org/a b.csv
            oci-image:
              - registry.example.org/lab/tool:1.0
              - registry.example.org/lab/viewer:1.0
        exports:
          apps/viewer:
            compose-app:
              name: apps_viewer
              images:
                - ""
                - registry.example.org/lab/viewer:1.0
          net/hosts:
            compose-app:
              images:
                - registry.example.org/lab/tool:1.0
                - registry.example.org/lab/viewer:1.0
        """);
    BundleFixture.file(
        bundle,
        VIEWER + "forklift-package.yml",
        """
        deployment:
          provides:
            file-exports:
              - {source-type: oci-image, url: registry.example.org/lab/tool:1.0, target: bin}
              - {source: conf, target: etc}
        features:
          large-data:
            provides:
              file-exports:
                - {source-type: oci-image, url: 'ghcr.io/lab/data:2', target: data}
          not-enabled:
            provides:
              file-exports:
                - {source-type: oci-image, url: 'ghcr.io/lab/other:2', target: other}
        """);
  }

  @Test
  void imagesOfAppsAreTakenExactlyAndThoseBuiltFromSourceLeftOut() throws IOException {
    assertThat(BundleContents.of(bundle).composeImages())
        .containsExactly(
            "registry.example.org/lab/tool:1.0", "registry.example.org/lab/viewer:1.0");
  }

  @Test
  void exportImagesAreThoseOfThePackagesAndOfEnabledFeaturesEvenWhenAnAppUsesThemToo()
      throws IOException {
    assertThat(BundleContents.of(bundle).exportImages())
        .containsExactly(
            new Download("ghcr.io/lab/data:2", "oci-image-fs-tarballs/ghcr.io/lab/data/2.tar"),
            new Download(
                "registry.example.org/lab/tool:1.0",
                "oci-image-fs-tarballs/registry.example.org/lab/tool/1.0.tar"));
  }

  @Test
  void filesComeWithTheirPlaceInTheCache() throws IOException {
    assertThat(BundleContents.of(bundle).downloads())
        .containsExactly(
            new Download("https://me:secret@example.org/b.bin", "http-files/example.org/b.bin"),
            new Download("https://example.org/a b.csv", "http-files/example.org/a%20b.csv"));
  }

  @Test
  void whatIsIncludedIncludesWhatThatIncludes() throws IOException {
    includes(
        """
        includes:
          pallets:
            git.example.org/lab/base:
              version-lock: {type: version, tag: v1.1.0, commit: COMMIT}
              includes:
                git.example.org/lab/deep:
                  version-lock: {type: version, tag: v0.1.0, commit: COMMIT}
                git.example.org/lab/base:
                  version-lock: {type: version, tag: v1.0.0, commit: COMMIT}
          repositories:
            git.example.org/lab/pkgs:
              version-lock: {type: pseudoversion, timestamp: "20260210101010", commit: COMMIT}
              override: {path: /home/dev/pkgs, version: v1, clean: false}
        """);
    BundleContents contents = BundleContents.of(bundle);
    assertThat(contents.pallets())
        .containsExactly(
            new Include("git.example.org/lab/base", "v1.0.0", COMMIT, false),
            new Include("git.example.org/lab/base", "v1.1.0", COMMIT, false),
            new Include("git.example.org/lab/deep", "v0.1.0", COMMIT, false));
    assertThat(contents.repositories())
        .containsExactly(
            new Include(
                "git.example.org/lab/pkgs", "v0.0.0-20260210101010-a7f1946f9391", COMMIT, true));
    assertThat(contents.repositories().getFirst().directory())
        .isEqualTo("git.example.org/lab/pkgs@v0.0.0-20260210101010-a7f1946f9391");
    assertThat(contents.mirrors())
        .containsExactly(
            "git.example.org/lab/microscope",
            "git.example.org/lab/base",
            "git.example.org/lab/deep",
            "git.example.org/lab/pkgs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "/etc", "a//b", "a/../../../b"})
  void anIncludeWhosePathLeadsElsewhereIsRefused(String path) throws IOException {
    includes(
        "includes: {pallets: {\"" + path + "\": {version-lock: {type: version, tag: v1.1.0}}}}\n");
    assertThatThrownBy(() -> BundleContents.of(bundle)).hasMessageContaining("whose path");
  }

  @Test
  void aFewLinesThatIncludeMillionsAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("includes:\n  pallets:\n");
    String lock = "version-lock: {type: version, tag: v1.1.0}";
    bomb.append("    p0: &a0 {" + lock + "}\n");
    for (int i = 1; i < 10; i++) {
      String below = "*a" + (i - 1);
      bomb.append(
          "    p%d: &a%d {%s, includes: {x: %s, y: %s}}\n".formatted(i, i, lock, below, below));
    }
    includes(bomb.toString());
    assertThatThrownBy(() -> BundleContents.of(bundle)).hasMessageContaining("more than 1000");
  }

  @Test
  void aDownloadThatLeadsOutOfTheCacheIsRefused() throws IOException {
    manifest("downloads: {a: {http: ['https://e.org/../../../.ssh/authorized_keys']}}\n");
    assertThatThrownBy(() -> BundleContents.of(bundle)).hasMessageContaining("leads out");
  }

  @Test
  void aPackageIsNotReadThroughALink() throws IOException {
    Path elsewhere = Files.createDirectories(bundle.resolve("elsewhere"));
    Path folder = bundle.resolve(VIEWER);
    Files.move(folder.resolve("forklift-package.yml"), elsewhere.resolve("forklift-package.yml"));
    Files.delete(folder);
    Files.createSymbolicLink(folder, elsewhere);
    assertThatThrownBy(() -> BundleContents.of(bundle))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("has no file " + VIEWER + "forklift-package.yml");
  }

  @Test
  void aMalformedPackageIsNamed() throws IOException {
    BundleFixture.file(
        bundle, VIEWER + "forklift-package.yml", "deployment: {provides: {file-exports: [x]}}");
    assertThatThrownBy(() -> BundleContents.of(bundle))
        .hasMessageContaining(VIEWER)
        .hasMessageContaining("\"deployment.provides.file-exports\" must be a list of mappings");
  }

  private void manifest(String downloadsAndExports) throws IOException {
    String head = BundleFixture.MANIFEST;
    BundleFixture.file(
        bundle,
        "forklift-bundle.yml",
        head.substring(0, head.indexOf("downloads:")) + downloadsAndExports);
  }

  private void includes(String includes) throws IOException {
    String all = BundleFixture.MANIFEST;
    BundleFixture.file(
        bundle,
        "forklift-bundle.yml",
        all.substring(0, all.indexOf("includes:"))
            + includes.replace("COMMIT", COMMIT)
            + all.substring(all.indexOf("deploys:")));
  }
}
