package org.fieldlift.forklift.pallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPalletTest extends LocalPalletBench {
  @Test
  void aLinkInPlaceOfThePalletBringsNobodyElsesRepository() throws IOException {
    Path others = folder.resolve("others");
    Files.move(pallet, others);
    Files.createSymbolicLink(pallet, others);
    assertThatThrownBy(() -> replace(true)).hasMessageContaining("leads out of the bundle");
    assertThat(place).doesNotExist();
  }

  @Test
  void itIsACloneOnItsCommitAndCleanAsItWas() throws IOException {
    long old = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();
    Files.setLastModifiedTime(pallet.resolve("README.md"), FileTime.fromMillis(old));
    replace();
    assertThat(GitFixture.git(place, "rev-parse", "HEAD"))
        .isEqualTo(LocalPallet.head(bundle).orElseThrow());
    assertThat(GitFixture.git(place, "diff-files", "--name-only")).isEmpty();
    assertThat(GitFixture.git(place, "status", "--porcelain")).isEmpty();
    assertThat(workspace.upgradeQuery()).hasContent("path: " + PATH + "\nversion-query: main\n");
    String second = GitFixture.commit(place, "mine", "customised");
    assertThat(GitFixture.git(place, "rev-parse", "main")).isEqualTo(second);
  }

  @Test
  void itsRemotesAreTheWebAndTheMirrorOfThisWorkspace() throws IOException {
    GitFixture.git(pallet, "config", "remote.forklift-cache-mirror.url", "/home/dev/mirror");
    GitFixture.git(pallet, "config", "remote.origin.url", "https://me:secret@fork.example.org/x");
    replace();
    assertThat(GitFixture.git(place, "remote", "get-url", "origin")).isEqualTo("https://" + PATH);
    assertThat(GitFixture.git(place, "remote", "get-url", "forklift-cache-mirror"))
        .isEqualTo(workspace.caches().mirrors().resolve(PATH).toString());
    assertThat(Files.readString(place.resolve(".git/config")))
        .doesNotContain("secret", "/home/dev");
  }

  @Test
  void filesModesLinksAndEmptyFoldersComeAsTheyAre() throws IOException {
    Path program = Files.writeString(pallet.resolve("run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(pallet.resolve("dangling"), Path.of("../../nowhere"));
    Files.createDirectories(pallet.resolve("empty/inner"));
    replace();
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve("run.sh"))))
        .isEqualTo("rwxr-x---");
    assertThat(Files.readSymbolicLink(place.resolve("dangling"))).hasToString("../../nowhere");
    assertThat(place.resolve("empty/inner")).isEmptyDirectory();
    assertThat(place.resolve(".git/refs/heads")).isDirectory();
  }

  @Test
  void changesThatTheBundleWasStagedWithComeAlong() throws IOException {
    Files.writeString(pallet.resolve("README.md"), "changed");
    replace();
    assertThat(GitFixture.git(place, "status", "--porcelain")).isEqualTo("M README.md");
    assertThatCode(this::replace).as("nothing is lost by the same").doesNotThrowAnyException();
    Files.writeString(place.resolve("README.md"), "changed again");
    refused("has changes in 1 file");
  }

  @Test
  void commitsThatTheBundleHasAsWellAreNotLost() throws IOException {
    GitFixture.commit(pallet, "unpublished", "unpublished");
    replace();
    assertThatCode(this::replace).doesNotThrowAnyException();
    GitFixture.commit(place, "mine", "mine");
    refused("has 1 commit that");
  }

  @Test
  void aCommitThatTheBundleWasBuiltUponIsNotLost() throws IOException {
    replace();
    GitFixture.commit(place, "mine", "mine");
    GitFixture.git(pallet, "fetch", "--quiet", place.toString(), "main");
    GitFixture.git(pallet, "reset", "--quiet", "--hard", "FETCH_HEAD");
    GitFixture.commit(pallet, "theirs", "theirs");
    assertThatCode(this::replace).doesNotThrowAnyException();
    assertThat(place.resolve("mine")).exists();
  }

  @Test
  void noProgramComesAlong() throws IOException {
    Path ran = folder.resolve("ran");
    String run = "touch " + ran + "; cat";
    GitFixture.commit(pallet, ".gitattributes", "* filter=evil\n");
    Path hook = pallet.resolve(".git/hooks/post-checkout");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\ntouch " + ran + "\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    Path other = Files.writeString(folder.resolve("other"), "[core]\n\tfsmonitor = touch " + ran);
    for (String key :
        List.of("filter.evil.clean", "core.fsmonitor", "core.sshCommand", "alias.status")) {
      GitFixture.git(pallet, "config", key, run);
    }
    GitFixture.git(pallet, "config", "include.path", other.toString());
    Files.deleteIfExists(ran);
    Files.writeString(pallet.resolve("README.md"), "touched");
    replace();
    replace(true);
    Files.writeString(place.resolve("README.md"), "mine");
    refused("has changes");
    GitFixture.git(place, "status");
    assertThat(ran).doesNotExist();
    assertThat(place.resolve(".git/hooks")).doesNotExist();
    GitFixture.git(pallet, "status");
    assertThat(ran).as("the attack as such").exists();
  }

  /// `git status` asks every repository that the list of files names what became of it, with the
  /// settings of that one.
  @ParameterizedTest
  @ValueSource(strings = {".git", "folder that a file names", "link"})
  void noProgramOfARepositoryInsideComesAlong(String kind) throws IOException {
    Path ran = folder.resolve("ran");
    Path inner = GitFixture.repository(pallet.resolve("a/inner"));
    GitFixture.git(pallet, "add", "--all");
    GitFixture.git(pallet, "commit", "--quiet", "--message=inner");
    Path script = Files.writeString(pallet.resolve("a/run.sh"), "#!/bin/sh\ntouch " + ran + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    GitFixture.git(inner, "config", "core.fsmonitor", "../run.sh");
    Path git = inner.resolve(".git");
    Path named = pallet.resolve("a/named");
    if (!kind.equals(".git")) Files.move(git, named);
    if (kind.equals("link")) Files.createSymbolicLink(git, named);
    else if (!kind.equals(".git")) Files.writeString(git, "gitdir: ../named\n");
    Files.deleteIfExists(ran);
    replace();
    replace();
    assertThat(place.resolve("a/inner/README.md")).hasContent("first");
    assertThat(GitFixture.git(place, "status", "--porcelain")).doesNotContain("inner");
    GitFixture.git(place, "diff", "--submodule=log");
    assertThat(ran).doesNotExist();
    GitFixture.git(pallet, "status");
    assertThat(ran).as("the attack as such").exists();
  }

  /// A line of the log holds the name of who commits, and that comes from the bundle.
  @Test
  void gitWritesThroughNoLinkThatComesAlong() throws IOException {
    Path outside = Files.writeString(folder.resolve("profile"), "");
    Path log = pallet.resolve(".git/logs/HEAD");
    Files.delete(log);
    Files.createSymbolicLink(log, outside);
    GitFixture.git(pallet, "config", "user.name", "; touch ran");
    replace();
    GitFixture.commit(place, "mine", "mine");
    assertThat(outside).isEmptyFile();
    GitFixture.commit(pallet, "theirs", "theirs");
    assertThat(outside).as("the attack as such").isNotEmptyFile();
  }

  @Test
  void aLinkInPlaceOfTheObjectsLeadsToNoOthers() throws IOException {
    Path objects = pallet.resolve(".git/objects");
    Path elsewhere = Files.move(objects, folder.resolve("elsewhere"));
    Files.createSymbolicLink(objects, elsewhere);
    Path theirs = Files.writeString(elsewhere.resolve("info/alternates"), "/nowhere\n");
    assertThatThrownBy(this::replace).hasMessageContaining("no complete git history");
    assertThat(theirs).exists();
    assertThat(place).doesNotExist();
  }

  @Test
  void aBundleWithoutCompleteHistoryIsRefusedAndTheOldPalletStays() throws IOException {
    replace();
    Path objects = pallet.resolve(".git/objects");
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(objects, elsewhere);
    Files.createDirectories(objects.resolve("info"));
    Files.writeString(objects.resolve("info/alternates"), elsewhere + "\n");
    assertThatThrownBy(this::replace).hasMessageContaining("no complete git history");
    FolderFiles.delete(pallet.resolve(".git"));
    assertThatThrownBy(this::replace).hasMessageContaining("no complete git history");
    assertThat(GitFixture.git(place, "status", "--porcelain")).isEmpty();
    assertThat(names()).containsExactly("pallet");
  }

  @Test
  void aDetachedHeadIsUpgradedByItsCommit() throws IOException {
    GitFixture.git(pallet, "checkout", "--quiet", "--detach");
    replace();
    assertThat(workspace.upgradeQuery())
        .content()
        .contains("version-query: " + LocalPallet.head(bundle).orElseThrow());
  }

  @Test
  void aRunThatDiedBetweenTheRenamesIsTakenBackAndOneThatDiedAfterThemIsFinished()
      throws IOException {
    replace();
    Files.writeString(place.resolve("notes"), "mine");
    Path old = place.resolveSibling("pallet.fieldlift-old");
    Files.move(place, old);
    refused("has changes in 1 file");
    assertThat(place.resolve("notes")).hasContent("mine");
    Files.delete(place.resolve("notes"));
    Files.createDirectories(old.resolve("left"));
    Path aside = place.resolveSibling("pallet.999999999-00000000-1.fieldlift-new");
    Files.createDirectories(aside.resolve("half"));
    replace();
    assertThat(names()).containsExactly("pallet");
  }

  @Test
  void aStaleSwapFileStopsItBeforeAnythingChanges() throws IOException {
    Path swap = workspace.upgradeQuery().resolveSibling("pallet-upgrades-swap.yml");
    Files.createDirectories(swap.getParent());
    Files.createFile(swap);
    assertThatThrownBy(this::replace)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("delete it"));
    assertThat(place).doesNotExist();
    assertThat(swap).exists();
  }

  @Test
  void aSwapFileOfARunThatDiedBetweenLinkAndRenameStopsNobody() throws IOException {
    replace();
    Path file = workspace.upgradeQuery();
    Path swap = file.resolveSibling("pallet-upgrades-swap.yml");
    for (String number : List.of("1", "999999999")) { // another program may have the number by now
      Path left =
          file.resolveSibling("pallet-upgrades.yml." + number + "-00000000-1.fieldlift-new");
      Files.createLink(swap, Files.writeString(left, "ours"));
      replace();
      assertThat(swap).doesNotExist();
    }
    assertThat(file).content().contains("version-query: main");
    Path prepared =
        Files.writeString(
            file.resolveSibling("pallet-upgrades.yml.1-00000000-1.fieldlift-new"), "ours");
    Files.writeString(swap, "forklift's");
    assertThatThrownBy(this::replace).hasMessageContaining("exists");
    assertThat(swap).hasContent("forklift's");
    Files.delete(swap);
    Files.createSymbolicLink(swap, prepared);
    assertThatThrownBy(this::replace).hasMessageContaining("exists");
    assertThat(swap).isSymbolicLink();
  }

  @Test
  void aQueryThatCannotBeWrittenLeavesNoSwapFile() throws IOException {
    Files.createDirectories(workspace.upgradeQuery().resolve("in the way"));
    assertThatThrownBy(this::replace).isInstanceOf(IOException.class);
    assertThat(workspace.upgradeQuery().resolveSibling("pallet-upgrades-swap.yml")).doesNotExist();
  }

  @Test
  void whatRootMakesBecomesTheUsersAndALinkOfHisDoesNotLeadRootElsewhere() throws IOException {
    Path home = workspace.root();
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.getAttribute(home, "unix:uid").equals(0), "needs root");
    Files.setAttribute(home, "unix:uid", 1000);
    Files.setAttribute(home, "unix:gid", 1001);
    replace();
    for (Path each :
        List.of(
            home.resolve(".local"),
            place,
            place.resolve(".git/config"),
            workspace.upgradeQuery())) {
      assertThat(Files.getAttribute(each, "unix:uid")).as(each.toString()).isEqualTo(1000);
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    FolderFiles.delete(home.resolve(".local"));
    Files.createSymbolicLink(home.resolve(".local"), other);
    assertThatThrownBy(this::replace).hasMessageContaining("is in the way");
    assertThat(other).isEmptyDirectory();
  }
}
