package org.fieldlift.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way back as a whole: what is refused leaves the workspace as it was.
class PalletSwitchTest extends ImportBench {
  private static final String MIRROR = "git.example.org/lab/base";
  private static final String BASE = "git.example.org/lab/base@v1.1.0";

  private Path bundle;
  private Workspace workspace;

  @BeforeEach
  void aBundleWithCachesAndAnEmptyWorkspace() throws IOException {
    bundle = temporary.resolve("bundle");
    bundle(BASE);
    Trees.write(bundle, "packages/forklift-repository.yml", "");
    Trees.write(bundle, "packages/packages/net/hosts/forklift-package.yml", "package: {}\n");
    Trees.write(bundle, "caches/pallets/" + BASE + "/forklift-pallet.yml", "pallet: {}\n");
    Trees.write(bundle, "caches/images/blobs/sha256/layer", "a layer");
    GitFixture.repository(bundle.resolve("pallet"));
    GitFixture.git(bundle.resolve("pallet"), "update-ref", "refs/remotes/origin/main", "HEAD");
    workspace = new Workspace(Files.createDirectory(temporary.resolve("home")));
  }

  private void bundle(String... pallets) throws IOException {
    bundle(List.of(), pallets);
  }

  private void bundle(List<String> mirrors, String... pallets) throws IOException {
    String manifest = Trees.manifest("");
    CachesSection caches =
        new CachesSection(
            "linux/arm64", mirrors, List.of(pallets), List.of(), List.of(), List.of());
    Trees.write(
        bundle, "forklift-bundle.yml", new String(caches.append(manifest.getBytes(UTF_8)), UTF_8));
  }

  @Test
  void aReleaseBecomesTheLocalPalletWithItsCaches() throws IOException {
    assertThat(switchTo(release())).isInstanceOf(SwitchResult.Switched.class);
    assertThat(workspace.pallet().resolve("README.md")).hasContent("first");
    assertThat(workspace.caches().pallets().resolve(BASE)).isDirectory();
    assertThat(names()).containsExactly(".fieldlift-lock");
  }

  @Test
  void whatRootMakesForAUserIsTheUsers() throws IOException {
    assumeTrue(Files.getAttribute(temporary, "unix:uid").equals(0), "needs root");
    Path home = Files.createDirectory(temporary.resolve("pi"));
    Files.setAttribute(home, "unix:uid", 1000);
    workspace = new Workspace(home.resolve("lab"));
    stages = workspace.stages();
    assertThat(switchTo(release())).isInstanceOf(SwitchResult.Switched.class);
    try (var all = Files.walk(home)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid", LinkOption.NOFOLLOW_LINKS))
            .as("%s", each)
            .isEqualTo(1000);
      }
    }
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
    assertRejected(
        PackedRelease.of(bundle, toy, lab),
        Refusal.DAMAGED,
        "is signed as git.example.org/lab/toy " + Trees.VERSION + ", but the bundle in it is ");
  }

  @Test
  void aBundleThatForkliftCouldNotApplyReachesNothing() throws IOException {
    Files.delete(bundle.resolve("packages/forklift-repository.yml"));
    assertRejected(release(), Refusal.DAMAGED, "has no file packages/forklift-repository.yml");
    Files.createDirectories(stages);
    Files.move(bundle, stages.resolve("1"));
    Map<String, String> before = Trees.look(workspace.root());
    assertThatThrownBy(() -> toStaged("1"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("has no file packages/forklift-repository.yml");
    assertThat(Trees.look(workspace.root())).isEqualTo(before);
  }

  @Test
  void whatWouldBeLostIsSaidBeforeACacheIsFilled() throws IOException {
    switchTo(release());
    FolderFiles.delete(workspace.caches().root());
    Files.writeString(workspace.pallet().resolve("README.md"), "mine");
    assertStopped("has changes in 1 file");
  }

  @Test
  void aSwapFileOfForkliftsIsSaidBeforeACacheIsFilled() throws IOException {
    Path swap = workspace.upgradeQuery().resolveSibling("pallet-upgrades-swap.yml");
    Files.createDirectories(swap.getParent());
    Files.createFile(swap);
    assertStopped(swap + " exists");
  }

  @Test
  void aCacheThatIsMissingIsSaidBeforeAnotherIsFilled() throws IOException {
    bundle(BASE, "git.example.org/lab/gone@v1");
    assertStopped("lacks the pallet git.example.org/lab/gone@v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".cache/forklift/mirrors/" + MIRROR + "/notes",
        ".cache/forklift/mirrors/git.example.org/HEAD",
        ".cache/forklift/mirrors/git.example.org",
        ".cache/forklift/pallets",
        ".config"
      })
  void whatIsInTheWayIsSaidBeforeACacheIsFilled(String path) throws IOException {
    bundle(List.of(MIRROR), BASE);
    Trees.write(bundle, "caches/mirrors/" + MIRROR + ".bundle", "looked at last");
    Trees.write(workspace.root(), path, "somebody's");
    assertStopped("is in the way");
  }

  @Test
  void aBundleWhoseCachesWereDroppedCanStillBeSwitchedToFromItsDrive() throws IOException {
    assertThat(run(release(), true, CachesKept.DROP)).isInstanceOf(ImportResult.Imported.class);
    assertThatThrownBy(() -> toStaged("next"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
              assertThat(problem.what()).contains("caches were dropped");
              assertThat(problem.next()).contains("the drive");
            });
    assertThat(workspace.root()).isEmptyDirectory();
    assertThat(switchTo(release())).isInstanceOf(SwitchResult.Switched.class);
  }

  @Test
  void aBundleThatNeedsNoCachesIsSwitchedToWithoutThem() throws IOException {
    bundle();
    FolderFiles.delete(bundle.resolve("caches"));
    assertThat(switchTo(release())).isInstanceOf(SwitchResult.Switched.class);
  }

  @Test
  void anIncompleteHistoryIsSaidBeforeACacheIsFilled() throws IOException {
    String blob = GitFixture.git(bundle.resolve("pallet"), "rev-parse", "HEAD:README.md");
    Files.delete(
        bundle.resolve("pallet/.git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
    assertStopped("no complete git history");
  }

  @Test
  void withoutRoomForAllOfItNothingIsRead() throws IOException {
    Files.write(bundle.resolve("caches/images/blobs/sha256/layer"), new byte[9 << 20]);
    Files.write(bundle.resolve("caches/pallets/" + BASE + "/large"), new byte[8 << 20]);
    PackedRelease release = release();
    release.onWalk = () -> assertThat(false).as("nothing is read").isTrue();
    room = folder -> 2 * Room.MARGIN + (15 << 20);
    SwitchResult.Refused refused = assertRejected(release, Refusal.NO_SPACE, "but only ");
    assertThat(refused.refusal().why())
        .contains(
            Trees.PRODUCT + " " + Trees.VERSION + " needs ",
            " of room in " + stages + " and " + Trees.PRODUCT + " " + Trees.VERSION,
            " brought back needs ",
            " of room in " + workspace.root());
    release.onWalk = () -> {};
    room = folder -> 2 * Room.MARGIN + (18 << 20);
    assertThat(switchTo(release)).isInstanceOf(SwitchResult.Switched.class);
  }

  @Test
  void aStagedBundleNeedsRoomForWhatIsNotThereYet() throws IOException {
    Files.write(bundle.resolve("caches/pallets/" + BASE + "/large"), new byte[8 << 20]);
    Files.createDirectories(stages);
    Files.move(bundle, stages.resolve("1"));
    room = folder -> Room.MARGIN + (8 << 20);
    assertThatThrownBy(() -> toStaged("1"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith(Trees.PRODUCT + " " + Trees.VERSION + " needs ")
        .hasMessageContaining(" of room in " + workspace.root());
    assertThat(workspace.root()).isEmptyDirectory();
    room = folder -> Room.MARGIN + (9 << 20);
    assertThat(toStaged("1")).isInstanceOf(SwitchResult.Switched.class);
    room = folder -> Room.MARGIN + (1 << 20);
    assertThat(toStaged("1")).as("the caches are there").isInstanceOf(SwitchResult.Switched.class);
  }

  private void assertStopped(String why) throws IOException {
    PackedRelease release = release();
    Map<String, String> before = Trees.look(workspace.root());
    assertThatThrownBy(() -> switchTo(release))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(why);
    assertThat(Trees.look(workspace.root())).isEqualTo(before);
    assertThat(names()).containsExactly(".fieldlift-lock");
  }

  private SwitchResult.Refused assertRejected(PackedRelease release, Refusal why, String words)
      throws IOException {
    Map<String, String> before = Trees.look(workspace.root());
    SwitchResult result = switchTo(release);
    assertThat(result).isInstanceOf(SwitchResult.Refused.class);
    SwitchResult.Refused refused = (SwitchResult.Refused) result;
    assertThat(refused.refusal().refusal()).isEqualTo(why);
    assertThat(refused.refusal().why()).contains(words).endsWith(".");
    assertThat(Trees.look(workspace.root())).isEqualTo(before);
    assertThat(names()).containsExactly(".fieldlift-lock");
    return refused;
  }

  private PackedRelease release() throws IOException {
    return PackedRelease.of(bundle, description(SEQUENCE), lab);
  }

  private SwitchResult switchTo(PackedRelease release) throws IOException {
    return new PalletSwitch(workspace, store(), false, room)
        .to(release, trust, DeviceState.open(memory), "linux/arm64", progress, cancellation);
  }

  private SwitchResult toStaged(String name) throws IOException {
    return new PalletSwitch(workspace, store(), false, room)
        .toStaged(store().bundle(name), progress, cancellation);
  }
}
