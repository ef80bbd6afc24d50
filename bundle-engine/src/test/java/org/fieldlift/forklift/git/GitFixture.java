package org.fieldlift.forklift.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Git repositories as Forklift leaves them, made by the git program.
public final class GitFixture {
  private GitFixture() {}

  /// Runs git in a folder and gives back what it says.
  public static String git(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Lab",
                "GIT_AUTHOR_EMAIL", "lab@example.org",
                "GIT_COMMITTER_NAME", "Lab",
                "GIT_COMMITTER_EMAIL", "lab@example.org",
                "GIT_AUTHOR_DATE", "2026-04-01T00:00:00Z",
                "GIT_COMMITTER_DATE", "2026-04-01T00:00:00Z"));
    Process process = builder.redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + said);
      return said;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// A repository with one commit on `main`.
  public static Path repository(Path folder) throws IOException {
    Files.createDirectories(folder);
    git(folder, "init", "--quiet", "--initial-branch=main");
    commit(folder, "README.md", "first");
    return folder;
  }

  /// @return the commit
  public static String commit(Path folder, String file, String text) throws IOException {
    Path place = folder.resolve(file);
    Files.createDirectories(place.getParent());
    Files.writeString(place, text);
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message=" + text);
    return git(folder, "rev-parse", "HEAD");
  }

  public static Path mirror(Path repository, Path mirror) throws IOException {
    Files.createDirectories(mirror.getParent());
    git(repository, "clone", "--quiet", "--mirror", ".", mirror.toString());
    return mirror;
  }

  public static String refs(Path repository) throws IOException {
    return git(repository, "for-each-ref", "--format=%(refname) %(objectname)");
  }
}
