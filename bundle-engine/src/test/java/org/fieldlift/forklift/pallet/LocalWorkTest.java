package org.fieldlift.forklift.pallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.FolderFiles;
import org.junit.jupiter.api.Test;

/// Work in a local pallet is not overwritten.
class LocalWorkTest extends LocalPalletBench {
  @Test
  void changedUntrackedAndDeletedFilesAreNotOverwritten() throws IOException {
    replace();
    assertThatCode(this::replace).doesNotThrowAnyException();
    Path untracked = Files.writeString(place.resolve("notes"), "mine");
    refused("has changes in 1 file");
    Files.delete(untracked);
    Files.writeString(place.resolve("README.md"), "mine!");
    refused("has changes in 1 file");
    Files.delete(place.resolve("README.md"));
    refused("has changes in 1 file");
    replace(true);
    assertThat(place.resolve("README.md")).hasContent("first");
  }

  @Test
  void commitsAndStashesThatExistNowhereElseAreNotOverwritten() throws IOException {
    replace();
    GitFixture.commit(place, "mine", "mine");
    refused("has 1 commit that no remote branch or tag has");
    GitFixture.git(place, "update-ref", "refs/heads/mine", "HEAD");
    GitFixture.git(place, "reset", "--quiet", "--hard", "HEAD~1");
    refused("has 1 commit that");
    GitFixture.git(place, "branch", "-D", "mine");
    assertThatCode(this::replace).doesNotThrowAnyException();
    Files.writeString(place.resolve("README.md"), "mine");
    GitFixture.git(place, "stash");
    refused("commits that no remote branch or tag has");
  }

  @Test
  void aCommitOnAnyRefOrInAnotherWorkTreeIsNotOverwritten() throws IOException {
    replace();
    for (String ref : List.of("refs/notes/mine", "refs/mine", "refs/tags/mine")) {
      String commit = GitFixture.git(place, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", ref);
      GitFixture.git(place, "update-ref", ref, commit);
      refused("has 1 commit that");
      GitFixture.git(place, "update-ref", "-d", ref);
    }
    Path tree = folder.resolve("tree");
    GitFixture.git(place, "worktree", "add", "--quiet", "--detach", tree.toString());
    assertThatCode(this::replace).as("on a commit that comes along").doesNotThrowAnyException();
    GitFixture.git(place, "worktree", "add", "--quiet", "--force", "--detach", tree + "2");
    GitFixture.commit(folder.resolve("tree2"), "mine", "mine");
    refused("has 1 commit that");
  }

  @Test
  void changesThatGitWasToldToPassOverAreNotOverwritten() throws IOException {
    GitFixture.commit(pallet, "odd name\n\u00e9", "second");
    replace();
    for (String how : List.of("--skip-worktree", "--assume-unchanged")) {
      GitFixture.git(place, "update-index", how, "odd name\n\u00e9");
      GitFixture.git(place, "update-index", how, "README.md");
      assertThatCode(this::replace).as("nothing is changed").doesNotThrowAnyException();
      GitFixture.git(place, "update-index", how, "odd name\n\u00e9");
      Files.writeString(place.resolve("odd name\n\u00e9"), "mine");
      assertThat(GitFixture.git(place, "status", "--porcelain")).as("git's own words").isEmpty();
      refused("has changes in 1 file");
      replace(true);
    }
    GitFixture.git(place, "update-index", "--skip-worktree", "README.md");
    Files.delete(place.resolve("README.md"));
    assertThatCode(this::replace).as("left out by sparse-checkout").doesNotThrowAnyException();
  }

  @Test
  void whatIsOnlyInTheIndexIsNotOverwritten() throws IOException {
    replace();
    Files.writeString(place.resolve("README.md"), "mine");
    GitFixture.git(place, "add", "README.md");
    Files.writeString(place.resolve("README.md"), "first");
    refused("has changes in 1 file");
  }

  /// Git compares contents only when it has to; times on many file systems are whole seconds.
  @Test
  void aChangeInTheSecondOfTheLastLookIsNotOverwritten() throws Exception {
    replace();
    Path file = place.resolve("README.md");
    long looked;
    int tries = 0;
    do {
      Thread.sleep(1000 - Instant.now().toEpochMilli() % 1000);
      Files.writeString(file, "first");
      looked = second(file);
      GitFixture.git(place, "update-index", "--refresh");
      Files.writeString(file, "mine!");
    } while (second(file) != looked && ++tries < 20);
    Thread.sleep(1100);
    refused("has changes in 1 file");
  }

  @Test
  void submodulesAreNotOverwrittenAndNothingOfThemIsRun() throws IOException {
    Path other = GitFixture.repository(folder.resolve("other"));
    GitFixture.git(
        pallet,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        other + "",
        "sub");
    GitFixture.git(pallet, "commit", "--quiet", "--message=with a submodule");
    replace();
    assertThatCode(this::replace).as("the files that came along").doesNotThrowAnyException();
    FolderFiles.delete(place.resolve("sub"));
    Files.createDirectory(place.resolve("sub"));
    assertThatCode(this::replace).as("before its first update").doesNotThrowAnyException();

    FolderFiles.delete(place.resolve("sub"));
    Path sub = GitFixture.repository(place.resolve("sub"));
    Path ran = folder.resolve("ran");
    GitFixture.git(sub, "config", "core.fsmonitor", "touch " + ran + ";");
    refused("has submodules");
    assertThat(ran).doesNotExist();
    GitFixture.git(place, "submodule", "--quiet", "absorbgitdirs");
    FolderFiles.delete(sub);
    Files.createDirectory(sub);
    Files.deleteIfExists(ran);
    refused("has submodules");
    assertThat(ran).doesNotExist();
  }

  @Test
  void aCommitThatTheMirrorHasIsNotLost() throws IOException {
    replace();
    GitFixture.commit(place, "pushed", "pushed");
    GitFixture.mirror(place, workspace.caches().mirrors().resolve(PATH));
    assertThatCode(this::replace).doesNotThrowAnyException();
  }

  @Test
  void aPalletThatIsNoCloneIsNotOverwritten() throws IOException {
    Files.createDirectories(place);
    Files.createFile(place.resolve("forklift-pallet.yml"));
    refused("is no git clone");
    GitFixture.git(place, "init", "--quiet");
    refused("is on no commit");
    replace(true);
    assertThat(place.resolve("README.md")).exists();
  }
}
