package org.fieldlift.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.GitFixture;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The way back as a whole: what is refused leaves the workspace as it was.
class PalletSwitchTest extends ImportBench {
  private static final String BASE = "git.example.org/lab/base@v1.1.0";

  private Path bundle;
  private Workspace workspace;

  @BeforeEach
  void aBundleWithCachesAndAnEmptyWorkspace() throws IOException {
    bundle = temporary.resolve("bundle");
    String manifest =
        """
        forklift-version: v0.8.0-alpha.6
        pallet:
          path: %s
          version: %s
          clean: true
        deploys:
          net/hosts:
            package: /packages/net/hosts
        """
            .formatted(Trees.PRODUCT, Trees.VERSION);
    CachesSection caches =
        new CachesSection("linux/arm64", List.of(), List.of(BASE), List.of(), List.of(), List.of());
    Trees.write(
        bundle, "forklift-bundle.yml", new String(caches.append(manifest.getBytes(UTF_8)), UTF_8));
    Trees.write(bundle, "packages/forklift-repository.yml", "");
    Trees.write(bundle, "packages/packages/net/hosts/forklift-package.yml", "package: {}\n");
    Trees.write(bundle, "caches/pallets/" + BASE + "/forklift-pallet.yml", "pallet: {}\n");
    Trees.write(bundle, "caches/images/blobs/sha256/layer", "a layer");
    GitFixture.repository(bundle.resolve("pallet"));
    GitFixture.git(bundle.resolve("pallet"), "update-ref", "refs/remotes/origin/main", "HEAD");
    workspace = new Workspace(Files.createDirectory(temporary.resolve("home")));
  }

  @Test
  void aReleaseBecomesTheLocalPalletWithItsCaches() throws IOException {
    assertThat(switchTo(release())).isInstanceOf(SwitchResult.Switched.class);
    assertThat(workspace.pallet().resolve("README.md")).hasContent("first");
    assertThat(workspace.caches().pallets().resolve(BASE)).isDirectory();
    assertThat(names()).containsExactly(".fieldlift-lock");
  }

  @Test
  void aBundleThatIsSignedAsAnotherPalletReachesNothing() throws IOException {
    Release described = description(SEQUENCE);
    Release toy =
        new Release(
            described.kind(),
            "git.example.org/lab/toy",
            described.version(),
            true,
            SEQUENCE,
            "any",
            NOW,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertRefused(
        PackedRelease.of(bundle, toy, lab),
        "is signed as git.example.org/lab/toy " + Trees.VERSION + ", but the bundle in it is ");
  }

  @Test
  void aBundleThatForkliftCouldNotApplyReachesNothing() throws IOException {
    Files.delete(bundle.resolve("packages/forklift-repository.yml"));
    assertRefused(release(), "has no file packages/forklift-repository.yml");
    Files.createDirectories(stages);
    Files.move(bundle, stages.resolve("1"));
    Map<String, String> before = Trees.look(workspace.root());
    assertThatThrownBy(() -> toStaged("1"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("has no file packages/forklift-repository.yml");
    assertThat(Trees.look(workspace.root())).isEqualTo(before);
  }

  private void assertRefused(PackedRelease release, String why) throws IOException {
    Map<String, String> before = Trees.look(workspace.root());
    assertThat(switchTo(release))
        .isInstanceOfSatisfying(
            SwitchResult.Refused.class,
            refused -> {
              assertThat(refused.refusal().refusal()).isEqualTo(Refusal.DAMAGED);
              assertThat(refused.refusal().why()).contains(why).endsWith(".");
            });
    assertThat(Trees.look(workspace.root())).isEqualTo(before);
    assertThat(names()).containsExactly(".fieldlift-lock");
  }

  private PackedRelease release() throws IOException {
    return PackedRelease.of(bundle, description(SEQUENCE), lab);
  }

  private SwitchResult switchTo(PackedRelease release) throws IOException {
    return new PalletSwitch(workspace, store(), false)
        .to(release, trust, DeviceState.open(memory), "linux/arm64", progress, cancellation);
  }

  private SwitchResult toStaged(String name) throws IOException {
    return new PalletSwitch(workspace, store(), false)
        .toStaged(store().bundle(name), progress, cancellation);
  }
}
