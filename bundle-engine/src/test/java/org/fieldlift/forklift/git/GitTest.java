package org.fieldlift.forklift.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {
  @TempDir Path folder;

  @Test
  void aFullDiskIsSaidInOurWordsAndNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    Git git = Git.in(GitFixture.repository(folder).resolve(".git"));
    assertThatThrownBy(() -> git.append(full, "", new Cancellation(), "version"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("Make room"))
        .hasMessage("The disk that holds " + folder.resolve(".git") + " is full.");
  }

  @Test
  void whateverElseFailsIsSaidInGitsWords() throws IOException {
    Git git = Git.in(GitFixture.repository(folder).resolve(".git"));
    assertThatThrownBy(() -> git.answer("cat-file", "-p", "HEAD:nothing"))
        .isInstanceOf(Problem.class)
        .hasMessageStartingWith("git cat-file failed: ");
  }
}
