package org.fieldlift.forklift.pallet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.forklift.git.MirrorFile;
import org.fieldlift.forklift.pallet.Restored.State;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorRestoreTest {
  private static final String PATH = "git.example.org/lab/base";

  @TempDir Path folder;
  private Path repository;
  private Path file;
  private Path mirrors;
  private Path mirror;
  private String first;

  @BeforeEach
  void begin() throws IOException {
    repository = GitFixture.repository(folder.resolve("work"));
    first = GitFixture.git(repository, "rev-parse", "HEAD");
    GitFixture.git(repository, "tag", "v1.0.0");
    file = folder.resolve("lab.bundle");
    mirrors = folder.resolve("home/.cache/forklift/mirrors");
    Files.createDirectory(folder.resolve("home"));
    mirror = mirrors.resolve(PATH);
  }

  @Test
  void aNewMirrorIsAsForkliftMakesItAndCanBeClonedByItsTransport() throws IOException {
    assertThat(restore(first)).isEqualTo(State.NEW);
    assertThat(mirror.resolve("config"))
        .hasContent(
            """
            [core]
            \trepositoryformatversion = 0
            \tfilemode = true
            \tbare = true
            [remote "origin"]
            \turl = https://git.example.org/lab/base
            \tfetch = +refs/*:refs/*
            \tmirror = true
            """);
    assertThat(mirror.resolve("HEAD")).hasContent("ref: refs/heads/main\n");
    GitFixture.git(folder, "clone", "--quiet", "file://" + mirror, "clone");
    assertThat(folder.resolve("clone/README.md")).hasContent("first");
    assertThat(GitFixture.git(mirror, "fsck", "--strict")).doesNotContain("error");
    assertThat(names(mirrors)).containsExactly("git.example.org");
  }

  @Test
  void aSecondTimeNothingChanges() throws IOException {
    restore(first);
    List<Path> before = all(mirror);
    assertThat(restore(first)).isEqualTo(State.PRESENT);
    assertThat(all(mirror)).isEqualTo(before);
  }

  @Test
  void headStaysOnItsBranch() throws IOException {
    GitFixture.git(repository, "checkout", "--quiet", "-b", "edge");
    GitFixture.commit(repository, "b", "on the edge");
    restore();
    assertThat(mirror.resolve("HEAD")).hasContent("ref: refs/heads/edge\n");
  }

  @Test
  void aBranchGoesForward() throws IOException {
    restore();
    String second = GitFixture.commit(repository, "b", "second");
    assertThat(restore(second)).isEqualTo(State.MERGED);
    assertThat(GitFixture.refs(mirror))
        .isEqualTo("refs/heads/main " + second + "\nrefs/tags/v1.0.0 " + first);
  }

  @Test
  void aBranchThatIsAheadStays() throws IOException {
    export();
    byte[] old = Files.readAllBytes(file);
    String second = GitFixture.commit(repository, "b", "second");
    restore();
    Files.write(file, old);
    assertThat(restorer().restore(file, PATH, List.of(first))).isEqualTo(State.MERGED);
    assertThat(GitFixture.refs(mirror)).contains("refs/heads/main " + second);
  }

  @Test
  void whereTwoWentDifferentWaysTheBundlesCountsAndTheOthersIsKept() throws IOException {
    String mine = GitFixture.commit(repository, "mine", "mine");
    restore();
    GitFixture.git(repository, "reset", "--quiet", "--hard", first);
    String theirs = GitFixture.commit(repository, "theirs", "theirs");
    assertThat(restore(theirs)).isEqualTo(State.MERGED);
    assertThat(GitFixture.refs(mirror))
        .contains("refs/heads/main " + theirs)
        .contains("refs/tags/fieldlift/kept-" + mine.substring(0, 12) + " " + mine);
  }

  @Test
  void aCommitThatCannotBeKeptStopsTheMergeBeforeItsBranchMoves() throws IOException {
    String mine = GitFixture.commit(repository, "mine", "mine");
    restore();
    GitFixture.git(mirror, "tag", "fieldlift", first);
    String before = GitFixture.refs(mirror);
    GitFixture.git(repository, "reset", "--quiet", "--hard", first);
    String theirs = GitFixture.commit(repository, "theirs", "theirs");
    assertThatThrownBy(() -> restore(theirs))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("git tag -d fieldlift"))
        .hasMessageContaining("has a tag \"fieldlift\", so the commit " + mine);
    assertThat(GitFixture.refs(mirror)).isEqualTo(before);
    GitFixture.git(mirror, "tag", "-d", "fieldlift");
    assertThat(restore(theirs)).isEqualTo(State.MERGED);
    assertThat(GitFixture.refs(mirror)).contains("kept-" + mine.substring(0, 12) + " " + mine);
    GitFixture.git(mirror, "update-ref", "refs/heads/main", mine);
    assertThat(restore(theirs)).as("it is kept already").isEqualTo(State.MERGED);
  }

  @Test
  void aCommitWhoseNameIsTakenStopsTheMergeBeforeItsBranchMoves() throws IOException {
    String mine = GitFixture.commit(repository, "mine", "mine");
    restore();
    String kept = "refs/tags/fieldlift/kept-" + mine.substring(0, 12);
    GitFixture.git(mirror, "update-ref", kept, first);
    String before = GitFixture.refs(mirror);
    GitFixture.git(repository, "reset", "--quiet", "--hard", first);
    String theirs = GitFixture.commit(repository, "theirs", "theirs");
    assertThatThrownBy(() -> restore(theirs)).hasMessageContaining("git update-ref failed");
    assertThat(GitFixture.refs(mirror)).isEqualTo(before);
  }

  @Test
  void aTagStaysAndWhatItWouldHaveLedToIsKept() throws IOException {
    restore();
    String other = GitFixture.commit(repository, "b", "other");
    GitFixture.git(repository, "tag", "--force", "v1.0.0");
    GitFixture.git(repository, "reset", "--quiet", "--hard", first);
    assertThat(restore(other)).isEqualTo(State.DIFFERENT);
    assertThat(GitFixture.refs(mirror))
        .contains("refs/tags/v1.0.0 " + first)
        .contains("refs/tags/fieldlift/kept-" + other.substring(0, 12) + " " + other);
  }

  @Test
  void aBranchThatCannotBeMadeBesideAnotherIsKept() throws IOException {
    GitFixture.git(repository, "branch", "a");
    restore();
    GitFixture.git(repository, "branch", "-D", "a");
    GitFixture.git(repository, "checkout", "--quiet", "-b", "a/b");
    String tip = GitFixture.commit(repository, "b", "tip");
    assertThat(restore(tip)).isEqualTo(State.DIFFERENT);
    assertThat(GitFixture.refs(mirror)).contains("kept-" + tip.substring(0, 12));
  }

  @Test
  void branchesThatOnlyTheMirrorHasStay() throws IOException {
    GitFixture.git(repository, "branch", "lab");
    restore();
    GitFixture.git(repository, "branch", "-D", "lab");
    GitFixture.commit(repository, "b", "second");
    restore();
    assertThat(GitFixture.refs(mirror)).contains("refs/heads/lab " + first);
  }

  @Test
  void aCommitTheBundleDoesNotBringIsMissedAndNoMirrorIsMade() {
    assertThatThrownBy(() -> restore("a".repeat(40)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("leads to the commit aaaa");
    assertThat(mirror).doesNotExist();
  }

  @Test
  void aMirrorStaysAsItIsWhenTheBundleDoesNotBringWhatIsWanted() throws IOException {
    restore();
    String before = GitFixture.refs(mirror);
    GitFixture.commit(repository, "b", "second");
    assertThatThrownBy(() -> restore("a".repeat(40))).hasMessageContaining("the commit aaaa");
    assertThat(GitFixture.refs(mirror)).isEqualTo(before);
  }

  @Test
  void settingsOfAMirrorRunNothing() throws IOException {
    restore();
    Path ran = folder.resolve("ran");
    String run = "touch " + ran;
    Path hooks = Files.createDirectories(mirror.resolve("hooks"));
    for (String hook : List.of("reference-transaction", "post-update", "update")) {
      Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\n" + run + "\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    GitFixture.git(mirror, "config", "core.fsmonitor", run);
    GitFixture.git(mirror, "config", "core.alternateRefsCommand", run + ";");
    GitFixture.git(mirror, "config", "core.sshCommand", run + ";");
    GitFixture.git(mirror, "config", "extensions.partialClone", "origin");
    GitFixture.git(mirror, "config", "remote.origin.promisor", "true");
    GitFixture.git(mirror, "config", "remote.origin.uploadpack", run + ";");
    String second = GitFixture.commit(repository, "b", "second");
    restore(second);
    assertThat(GitFixture.refs(mirror)).contains(second);
    assertThat(ran).doesNotExist();
    GitFixture.git(mirror, "update-ref", "refs/heads/other", second);
    assertThat(ran).as("the attack as such").exists();
  }

  /// A tree entry `.git` would be written into the `.git` of whoever checks it out (CVE-2014-9390).
  @Test
  void aPackWithATreeThatGitRefusesReachesNoMirror() throws IOException {
    restore();
    List<Path> before = all(mirror);
    String blob = GitFixture.git(repository, "rev-parse", "HEAD:README.md");
    byte[] entry = ("100644 .git\0").getBytes(ISO_8859_1);
    byte[] tree = Arrays.copyOf(entry, entry.length + 20);
    byte[] id = java.util.HexFormat.of().parseHex(blob);
    System.arraycopy(id, 0, tree, entry.length, id.length);
    Path raw = Files.write(folder.resolve("tree"), tree);
    String bad =
        GitFixture.git(
            repository, "hash-object", "--literally", "-w", "-t", "tree", raw.toString());
    String commit = GitFixture.git(repository, "commit-tree", bad, "-m", "bad", "-p", first);
    GitFixture.git(repository, "update-ref", "refs/heads/main", commit);
    assertThatThrownBy(() -> restore(commit))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("git index-pack failed");
    assertThat(all(mirror)).isEqualTo(before);
  }

  @Test
  void aFileThatWasCutOffReachesNoMirror() throws IOException {
    export();
    byte[] whole = Files.readAllBytes(file);
    for (int length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> restorer().restore(file, PATH, List.of()))
          .isInstanceOf(Problem.class);
      assertThat(mirror).doesNotExist();
      assertThat(names(mirrors)).allMatch(name -> !name.contains("incoming"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# v3 git bundle\n",
        "# v2 git bundle\n-ID a commit that is needed\nID refs/heads/main\n\n",
        "# v2 git bundle\nID refs/heads/../../config\n\n",
        "# v2 git bundle\nID refs/pull/1\n\n",
        "# v2 git bundle\nID refs/heads/a b\n\n",
        "# v2 git bundle\nID refs/heads/a\nID refs/heads/a\n\n",
        "# v2 git bundle\nshort refs/heads/a\n\n",
        "# v2 git bundle\n\n",
      })
  void aHeadThatWeDoNotWriteIsRefused(String head) throws IOException {
    export();
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, ISO_8859_1).indexOf("\n\n") + 2;
    byte[] written = head.replace("ID", first).getBytes(ISO_8859_1);
    byte[] bytes = Arrays.copyOf(written, written.length + whole.length - end);
    System.arraycopy(whole, end, bytes, written.length, whole.length - end);
    Files.write(file, bytes);
    assertThatThrownBy(() -> restorer().restore(file, PATH, List.of())).isInstanceOf(Problem.class);
    assertThat(mirror).doesNotExist();
  }

  @Test
  void aPathInsideAnotherMirrorIsRefused() throws IOException {
    restore();
    assertThatThrownBy(() -> restorer().restore(file, PATH + "/hooks/x", List.of()))
        .hasMessageContaining("in the way");
  }

  @Test
  void aFolderThatIsNoRepositoryStaysAsItIsAndAnEmptyOneIsUsed() throws IOException {
    Files.createDirectories(mirror);
    Files.createFile(mirror.resolve("notes"));
    assertThatThrownBy(() -> restore(first)).hasMessageContaining("is no git repository");
    assertThat(mirror.resolve("notes")).exists();
    Files.delete(mirror.resolve("notes"));
    assertThat(restore(first)).isEqualTo(State.NEW);
  }

  @Test
  void whatADeadRunLeftIsRemoved() throws IOException {
    Path left = mirrors.resolve("incoming.999999999-00000000-1.fieldlift-new/objects");
    Files.createDirectories(left);
    restore(first);
    assertThat(left.getParent()).doesNotExist();
  }

  private State restore(String... wanted) throws IOException {
    export();
    return restorer().restore(file, PATH, List.of(wanted));
  }

  private MirrorRestore restorer() {
    return new MirrorRestore(folder.resolve("home"), mirrors, new Cancellation());
  }

  private void export() throws IOException {
    MirrorFile.write(repository.resolve(".git"), List.of(), file, new Cancellation());
  }

  private static List<Path> all(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      return all.sorted().toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var names = Files.list(folder)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
