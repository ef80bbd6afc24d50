package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a local pallet has that exists nowhere else and would be lost with it.
final class LocalChanges {
  private LocalChanges() {}

  /// @param mirror of its repository in the workspace's cache
  /// @return what would be lost, as the end of a sentence; nothing when nothing would
  static Optional<String> of(Path pallet, Path mirror) throws IOException {
    if (!Files.isDirectory(pallet.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("is no git clone, so nobody can tell what of it was changed");
    }
    try (GitView view = GitView.of(pallet)) {
      if (view.head().isEmpty()) {
        return Optional.of("is on no commit, so nobody can tell what of it was changed");
      }
      long files = view.changes().lines().count();
      if (files > 0) return Optional.of("has changes in " + counted(files, "file"));
      long commits = unpublished(view, mirror);
      return commits == 0
          ? Optional.empty()
          : Optional.of("has " + counted(commits, "commit") + " that no remote branch or tag has");
    }
  }

  /// Commits of the clone, stashed ones too, that neither the mirror nor a remote branch leads to.
  private static long unpublished(GitView view, Path mirror) throws IOException {
    List<String> question =
        new ArrayList<>(
            List.of("rev-list", "--count", "HEAD", "--branches", "--tags", "--ignore-missing"));
    if (view.git().agrees("rev-parse", "--verify", "--quiet", "refs/stash")) {
      question.add("refs/stash");
    }
    question.addAll(List.of("--not", "--remotes"));
    Git git = view.git();
    if (Files.exists(mirror.resolve("HEAD"))) {
      git = git.borrowing(mirror);
      question.addAll(MirrorFile.refs(Git.in(mirror)).values());
    }
    return Long.parseLong(git.answer(question.toArray(String[]::new)));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
