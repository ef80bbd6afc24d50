package org.fieldlift.forklift.pallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fieldlift.forklift.BundleFixture;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A bundle with a pallet, and the place of a local one: what tests of switching stand on.
abstract class LocalPalletBench {
  static final String PATH = "git.example.org/lab/microscope";

  @TempDir Path folder;
  Path bundle;
  Path pallet;
  Path place;
  Workspace workspace;

  @BeforeEach
  void begin() throws IOException {
    bundle = BundleFixture.write(folder.resolve("bundle"));
    pallet = GitFixture.repository(bundle.resolve("pallet"));
    GitFixture.git(pallet, "remote", "add", "origin", "https://" + PATH);
    GitFixture.git(pallet, "update-ref", "refs/remotes/origin/main", "HEAD");
    Path home = Files.createDirectory(folder.resolve("home"));
    workspace = new Workspace(home);
    place = workspace.pallet();
  }

  void refused(String why) {
    assertThatThrownBy(this::replace)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.what()).contains(why);
              assertThat(problem.next()).contains("--force");
            });
  }

  void replace() throws IOException {
    replace(false);
  }

  void replace(boolean force) throws IOException {
    new LocalPallet(workspace).replaceBy(bundle, force, new Progress("a test"), new Cancellation());
  }

  static long second(Path file) throws IOException {
    return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
  }

  List<String> names() throws IOException {
    try (var names = Files.list(place.getParent())) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
