package org.fieldlift.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fieldlift.export.Item.Kind;
import org.fieldlift.export.Planned.Fate;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.ImageFixture;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.RegistryWays;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleExportTest {
  private static final String TOOL = "r.example.org/lab/tool:1";
  private static final String TAR = "oci-image-fs-tarballs/r.example.org/lab/tool/1.tar";
  private static final String MANIFEST =
      """
      forklift-version: v0.8.0-alpha.6
      pallet:
        path: git.example.org/lab/microscope
        version: v1.0.0
        clean: true
      deploys:
        tool:
          package: tool
      """;

  @TempDir Path folder;
  private Path bundle;
  private CacheFolders workspace;

  @BeforeEach
  void aBundleAndAWorkspaceWhoseImageFilesAreForArm() throws IOException {
    bundle = folder.resolve("stages/1");
    write(bundle.resolve("forklift-bundle.yml"), MANIFEST);
    write(
        bundle.resolve("packages/tool/forklift-package.yml"),
        "deployment: {provides: {file-exports: [{source-type: oci-image, url: '"
            + TOOL
            + "', target: tool}]}}\n");
    workspace = new CacheFolders(folder.resolve("home/.cache/forklift"));
    Path tar = workspace.downloads().resolve(TAR);
    Files.createDirectories(tar.getParent());
    Files.write(tar, ImageFixture.tar("bin/tool", "for linux/arm64"));
  }

  @Test
  void filesOfAnImageAreThoseOfThePlatformWhateverTheWorkspaceHas() throws IOException {
    assertThat(listed("linux/amd64").sha256())
        .isEqualTo(Digest.of(station("linux/amd64").downloads().resolve(TAR)))
        .isNotEqualTo(Digest.of(workspace.downloads().resolve(TAR)));
    assertThat(Files.readString(station("linux/amd64").downloads().resolve(TAR)))
        .contains("for linux/amd64");
  }

  @Test
  void aDeviceGetsTheVeryFileThatForkliftMadeWhereItIsOfThePlatform() throws IOException {
    assertThat(listed("linux/arm64").sha256())
        .isEqualTo(Digest.of(workspace.downloads().resolve(TAR)));
  }

  @Test
  void offlineAFileOfUnknownPlatformIsMissing() {
    assertThatThrownBy(() -> export("linux/riscv64").whole(true, false, folder, progress(), go()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("missing: image files " + TOOL);
  }

  @Test
  void aPlanPromisesWhatTheExportDoes() throws IOException {
    assertThat(fates("linux/arm64", true))
        .isEqualTo(Map.of(Kind.MIRROR, Fate.LEFT_OUT, Kind.IMAGE_FILES, Fate.HERE));
    assertThat(listed("linux/arm64").url()).isEqualTo(TOOL);
    assertThat(fates("linux/riscv64", true)).containsEntry(Kind.IMAGE_FILES, Fate.MISSING);
    assertThat(fates("linux/riscv64", false)).containsEntry(Kind.IMAGE_FILES, Fate.FETCHED);
  }

  @Test
  void aBundleThatWasImportedForAPlatformIsExportedForNoOther() throws IOException {
    byte[] appended =
        new CachesSection("linux/arm64", List.of(), List.of(), List.of(), List.of(), List.of())
            .append(MANIFEST.getBytes(UTF_8));
    Files.write(bundle.resolve("forklift-bundle.yml"), appended);
    assertThatThrownBy(() -> export("linux/amd64"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
              assertThat(problem.what()).contains("for linux/arm64, not for linux/amd64");
            });
    assertThat(listed("linux/arm64").url()).isEqualTo(TOOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pallets", "repositories"})
  void aFolderInsteadOfWhatThePalletRequiresIsTold(String kind) throws IOException {
    String includes =
        """
        includes:
          %s:
            git.example.org/lab/base:
              version-lock: {type: version, tag: v1.1.0, timestamp: "20260203040506"}
              override: {path: /home/dev/base, version: v1.2.0, clean: false}
            git.example.org/lab/other:
              version-lock: {type: version, tag: v1.0.0, timestamp: "20260203040506"}
        """
            .formatted(kind);
    write(bundle.resolve("forklift-bundle.yml"), MANIFEST + includes);
    assertThat(export("linux/arm64").alone(false, folder).warnings())
        .singleElement()
        .asString()
        .contains("instead of git.example.org/lab/base@v1.1.0 (an override");
  }

  @Test
  void aPalletsSecretsGoAndItsHistoryIsToldOf() throws IOException {
    String includes =
        """
        includes:
          pallets:
            git.example.org/lab/base:
              version-lock: {type: version, tag: v1.1.0, timestamp: "20260203040506"}
        """;
    write(bundle.resolve("forklift-bundle.yml"), MANIFEST + includes);
    write(
        workspace.pallets().resolve("git.example.org/lab/base@v1.1.0/a/forklift-package.yml"),
        "url: https://me:s3cret@e.org/x\n");
    Path mirror = workspace.mirrors().resolve("git.example.org/lab/base");
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", mirror.toString());
    String commit = git(mirror, "commit-tree", "-m", "x", git(mirror, "mktree"));
    git(mirror, "update-ref", "refs/heads/main", commit);
    Gathered told = export("linux/arm64").whole(true, false, folder.resolve("a"), progress(), go());
    assertThat(told.warnings())
        .anyMatch(
            words -> words.startsWith("Addresses in caches/pallets/git.example.org/lab/base"));
    Gathered stripped =
        export("linux/arm64").whole(true, true, folder.resolve("b"), progress(), go());
    assertThat(stripped.warnings())
        .noneMatch(words -> words.startsWith("Addresses in caches/"))
        .anyMatch(
            words -> words.startsWith("Addresses in the history of git.example.org/lab/base"));
  }

  @Test
  void aManifestThatIsTooLargeIsSaidToBeNoMore() throws IOException {
    write(bundle.resolve("forklift-bundle.yml"), MANIFEST + "# note\n".repeat(200_000));
    assertThatThrownBy(() -> export("linux/arm64"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
              assertThat(problem.what()).contains("forklift-bundle.yml", "reads at most 1048576");
            });
  }

  private Release.Download listed(String platform) throws IOException {
    return export(platform).whole(true, false, folder, progress(), go()).downloads().getFirst();
  }

  private Map<Kind, Fate> fates(String platform, boolean offline) throws IOException {
    return export(platform).plan(offline).stream()
        .collect(Collectors.toMap(each -> each.item().kind(), Planned::fate));
  }

  private BundleExport export(String platform) throws IOException {
    ImageLayout layout = ImageLayout.at(folder.resolve("images"));
    if (layout.images().isEmpty()) ImageFixture.put(layout, TOOL, "bin/tool");
    Places places = new Places(CacheFolders.of(bundle), workspace, workspace, station(platform));
    Images images = new Images(layout, List.of(), RegistryWays.STRICT);
    return BundleExport.of(bundle, Platform.parse(platform), places, images);
  }

  private static String git(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of("-c", "user.name=Lab", "-c", "user.email=lab@example.org"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private CacheFolders station(String platform) {
    return new CacheFolders(folder.resolve("station").resolve(platform.replace('/', '-')));
  }

  private static Progress progress() {
    return new Progress("a test");
  }

  private static Cancellation go() {
    return new Cancellation();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
