package org.fieldlift.forklift.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotGitTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        "GIT~1",
        ".git.",
        ".git . .",
        "git~1 ",
        ".git::$INDEX_ALLOCATION",
        ".git:a\nb",
        "a\\.git",
        ".git\\hooks",
        ".g\u200cit",
        "\u202e.git\ufeff",
        ".G\u206aI\u200fT",
      })
  void whateverGitRefusesInATreeIsOne(String name) throws IOException {
    assertThat(DotGit.isOne(name)).isTrue();
    assertThat(DotGit.isIn("git.example.org/" + name + "/hooks")).isTrue();
    GitFixture.repository(folder);
    String blob = GitFixture.git(folder, "rev-parse", "HEAD:README.md");
    String said = addedToTheIndex(blob, name);
    assertThat(said).as("git's own judgement").contains("Invalid path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git",
        ".gitignore",
        ".gitmodules",
        "x.git",
        ".git2",
        ".git x",
        "git~2",
        "gi\u0307t",
        "",
        "\\",
      })
  void otherNamesAreNone(String name) {
    assertThat(DotGit.isOne(name)).isFalse();
  }

  @Test
  void aPathWithoutOneIsNone() {
    assertThat(DotGit.isIn("git.example.org/lab/base.git@v1.1.0/a")).isFalse();
  }

  private String addedToTheIndex(String blob, String name) {
    try {
      GitFixture.git(
          folder,
          "-c",
          "core.protectHFS=true",
          "-c",
          "core.protectNTFS=true",
          "update-index",
          "--add",
          "--cacheinfo",
          "100644," + blob + "," + name);
      return "nothing";
    } catch (IOException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
