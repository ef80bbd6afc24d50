package org.fieldlift.forklift.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorFileTest {
  @TempDir Path folder;
  private Path repository;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    repository = GitFixture.repository(folder.resolve("work"));
    GitFixture.git(repository, "tag", "v1.0.0");
    GitFixture.git(repository, "tag", "--annotate", "--message=notes", "v1.0.1");
    GitFixture.commit(repository, "a/b.txt", "second ".repeat(500));
    file = folder.resolve("caches/mirrors/git.example.org/lab.bundle");
  }

  @Test
  void gitItselfClonesFromTheFile() throws IOException {
    write(mirror("m"), List.of(GitFixture.git(repository, "rev-parse", "v1.0.0")));
    GitFixture.git(folder, "clone", "--quiet", file.toString(), "clone");
    assertThat(folder.resolve("clone/a/b.txt")).exists();
    assertThat(GitFixture.git(repository, "bundle", "verify", file.toString()))
        .contains("complete history");
    assertThat(GitFixture.git(repository, "bundle", "list-heads", file.toString()).lines())
        .hasSize(4);
  }

  @Test
  void theSameRefsGiveTheSameBytesHoweverTheObjectsAreStored() throws IOException {
    Path mirror = mirror("m");
    write(mirror, List.of());
    Digest packed = Digest.of(file);
    Path loose = folder.resolve("loose");
    GitFixture.git(folder, "clone", "--quiet", "--mirror", repository.toUri().toString(), "loose");
    Path pack = Files.createDirectory(folder.resolve("pack"));
    try (var packs = Files.newDirectoryStream(loose.resolve("objects/pack"))) {
      for (Path each : packs) Files.move(each, pack.resolve(each.getFileName()));
    }
    try (var packs = Files.newDirectoryStream(pack, "*.pack")) {
      for (Path each : packs) {
        ProcessBuilder unpack = new ProcessBuilder("git", "unpack-objects", "-q");
        unpack.environment().put("GIT_DIR", loose.toString());
        assertThat(exit(unpack.redirectInput(each.toFile()).start())).isZero();
      }
    }
    write(loose, List.of());
    assertThat(Digest.of(file)).isEqualTo(packed);
    GitFixture.git(mirror, "repack", "-a", "-d", "-f", "--depth=1", "--window=1");
    write(mirror, List.of());
    assertThat(Digest.of(file)).isEqualTo(packed);
  }

  @Test
  void aCommitThatNoBranchOrTagLeadsToIsMissed() throws IOException {
    String lost = GitFixture.commit(repository, "c", "third");
    GitFixture.git(repository, "reset", "--quiet", "--hard", "HEAD~1");
    Path mirror = mirror("m");
    GitFixture.git(repository, "push", "--quiet", mirror.toString(), lost + ":refs/pull/1/head");
    assertThatThrownBy(() -> write(mirror, List.of(lost)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("leads to the commit " + lost);
    assertThatThrownBy(() -> write(mirror, List.of("0".repeat(40))))
        .hasMessageContaining("leads to the commit 0000");
    assertThat(file).doesNotExist();
  }

  @Test
  void aMirrorWithoutAnythingAndAFolderThatIsNoneAreNamed() throws IOException {
    GitFixture.git(folder, "init", "--quiet", "--bare", "empty");
    assertThatThrownBy(() -> write(folder.resolve("empty"), List.of()))
        .hasMessageContaining("has no branch and no tag");
    assertThatThrownBy(() -> write(folder.resolve("nothing"), List.of()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("git for-each-ref failed");
  }

  @Test
  void aDamagedMirrorLeavesNoFile() throws IOException {
    Path mirror = mirror("m");
    try (var all = Files.walk(mirror.resolve("objects"))) {
      for (Path each : all.filter(Files::isRegularFile).toList()) Files.delete(each);
    }
    assertThatThrownBy(() -> write(mirror, List.of())).isInstanceOf(Problem.class);
    assertThat(file).doesNotExist();
  }

  private Path mirror(String name) throws IOException {
    return GitFixture.mirror(repository, folder.resolve(name));
  }

  private void write(Path mirror, List<String> wanted) throws IOException {
    MirrorFile.write(mirror, wanted, file, new Cancellation());
  }

  private static int exit(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
