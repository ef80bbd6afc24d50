package org.fieldlift.forklift.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program is a script that says what the real one said.
class ForkliftProgramTest {
  @TempDir Path folder;
  private Path scratch;
  private Path heard;
  private final Progress progress = new Progress("a test");

  @BeforeEach
  void begin() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
    heard = folder.resolve("heard");
  }

  @Test
  void theFirstOnTheSearchPathIsTaken() throws IOException {
    program("v0.8.0", "");
    Path other = Files.createDirectories(folder.resolve("other/forklift")); // a folder, no program
    String path = other.getParent() + "::" + folder.resolve("bin");
    assertThat(ForkliftProgram.find(Map.of("PATH", path)).version()).isEqualTo("v0.8.0");
  }

  @Test
  void whereThereIsNoneItIsSaid() {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("PATH", folder.toString()))) {
      assertThatThrownBy(() -> ForkliftProgram.find(environment))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.what()).contains("not on this machine's search path");
                assertThat(problem.next()).contains("Install Forklift");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0.7.3", "v0.8.0-alpha.5", "v0.8.0-alpha.1"})
  void oneThatIsTooOldIsRefused(String version) throws IOException {
    program(version, "");
    assertThatThrownBy(this::find)
        .hasMessageContaining("Forklift " + version + ", which is too old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fbfbb90", "v0.8", "v0.8.0 and more", ""})
  void oneThatDoesNotSayItsVersionIsRefused(String version) throws IOException {
    program(version, "");
    assertThatThrownBy(this::find).hasMessageContaining("does not say which version");
  }

  @ParameterizedTest
  @CsvSource({
    "v0.8.0-alpha.6, --no-cache-img",
    "v0.8.0-alpha.10, --no-cache-img",
    "v0.8.0-beta.0, --cache-img=false",
    "v0.8.0-rc.1, --cache-img=false",
    "v0.8.0, --cache-img=false",
    "v0.9.0-alpha.0, --cache-img=false",
    "v0.10.0, --cache-img=false",
    "v1.0.0, --cache-img=false",
  })
  void itIsToldNotToFetchImagesInTheWordsItKnows(String version, String option) throws IOException {
    program(version, stages());
    Path staged = stage(Optional.of("linux/arm64"));
    assertThat(staged).isEqualTo(scratch.resolve("1"));
    assertThat(heard)
        .hasContent(
            "--workspace "
                + folder.resolve("home")
                + " --stage-store "
                + scratch
                + " --platform linux/arm64 plt stage "
                + option);
    assertThat(progress.step()).startsWith("Done! To apply the staged pallet immediately");
  }

  @Test
  void withoutAPlatformItsOwnIsUsed() throws IOException {
    program("v0.8.0", stages());
    stage(Optional.empty());
    assertThat(heard).content().doesNotContain("--platform");
  }

  @ParameterizedTest
  @CsvSource({
    "stage-without-pallet, has no local pallet that Forklift can read, plt switch",
    "stage-without-workspace, There is no workspace, Check the path",
    "stage-lacks-a-pallet, couldn't download git.example.org/lab/base, connect this machine",
    "stage-lacks-downloads, couldn't download http://files.example.org:8079/, connect this machine",
    "stage-needs-a-newer-forklift, requires at least v99.0.0, Install the Forklift it requires",
    "stage-unknown-package, couldn't load package /packages/nope, Correct the pallet",
    "stage-finds-a-swap-file, forklift-stage-store-swap.yml already exists, try again",
  })
  void whenItFailsItsLastWordsAreMadeASentence(String said, String what, String next)
      throws IOException {
    program("v0.9.0-alpha.0", "cat <<'END' >&2\n" + fixture(said) + "END\nexit 1");
    assertThatThrownBy(() -> stage(Optional.empty()))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.what()).contains(what).endsWith(".").doesNotContain("2026/05/12");
              assertThat(problem.next()).contains(next);
            });
  }

  @Test
  void oneThatSaysNothingAndStagesNothingIsNotBelieved() throws IOException {
    program("v0.8.0", "exit 0");
    assertThatThrownBy(() -> stage(Optional.empty())).hasMessageContaining("staged nothing");
  }

  @Test
  void aPersonCanStopIt() throws IOException {
    program("v0.8.0", "exec sleep 600");
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() -> stage(Optional.empty(), cancellation))
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  @Test
  void aPasswordInItsWordsIsNotShown() throws IOException {
    ForkliftWords words = new ForkliftWords(progress);
    words.follow(
        new BufferedReader(
            new StringReader(
                "a\u001b[2J https://me:secret@e.org/x\ncouldn't https://me:secret@e.org")));
    assertThat(progress.step()).doesNotContain("secret");
    Problem problem = ForkliftWords.failure(words.last(), new Workspace(folder));
    assertThat(problem.what()).contains("https://e.org").doesNotContain("secret");
  }

  @Test
  void theRealProgramStagesALocalPallet() throws IOException {
    boolean isThere = true;
    try {
      ForkliftProgram.find(System.getenv());
    } catch (Problem notThere) {
      isThere = false;
    }
    assumeTrue(isThere, "forklift is not on the PATH: the real program was not tried");
    Workspace workspace = new Workspace(folder.resolve("home"));
    Path pallet = GitFixture.repository(workspace.pallet());
    GitFixture.commit(
        pallet,
        "forklift-pallet.yml",
        "forklift-version: v0.8.0-alpha.6\npallet:\n  path: git.example.org/lab/microscope\n");
    GitFixture.commit(pallet, "packages/a/forklift-package.yml", "package:\n  description: a\n");
    GitFixture.commit(pallet, "deployments/a.deploy.yml", "package: /packages/a\n");
    Path staged =
        ForkliftProgram.find(System.getenv())
            .stage(workspace, scratch, Optional.empty(), progress, new Cancellation());
    assertThat(BundleManifest.read(staged).path()).isEqualTo("git.example.org/lab/microscope");
    byte[] original = Files.readAllBytes(staged.resolve("forklift-bundle.yml"));
    assertThat(BundleManifest.read(staged).clean()).isTrue();
    assertThat(CachesSection.original(original)).isEqualTo(original);
  }

  private void program(String version, String stage) throws IOException {
    Path program = folder.resolve("bin/forklift");
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        program,
        "#!/bin/sh\n[ \"$1\" = --version ] && { echo forklift version "
            + version
            + "; exit; }\necho \"$*\" >"
            + heard
            + "\n"
            + stage
            + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private String stages() throws IOException {
    return "mkdir " + scratch.resolve("1") + "\ncat <<'END'\n" + fixture("stage-done") + "END";
  }

  private ForkliftProgram find() throws IOException {
    return ForkliftProgram.find(Map.of("PATH", folder.resolve("bin").toString()));
  }

  private Path stage(Optional<String> platform) throws IOException {
    return stage(platform, new Cancellation());
  }

  private Path stage(Optional<String> platform, Cancellation cancellation) throws IOException {
    Workspace workspace = new Workspace(folder.resolve("home"));
    return find().stage(workspace, scratch, platform, progress, cancellation);
  }

  private static String fixture(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(ForkliftProgramTest.class.getResourceAsStream(name + ".txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
