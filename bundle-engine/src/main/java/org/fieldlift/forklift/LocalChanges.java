package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// What a local pallet has that exists nowhere else and would be lost with it.
///
/// @param mirror of its repository in the workspace's cache
/// @param successor the pallet that is to replace it: what that one has as well is not lost
record LocalChanges(Path pallet, Path mirror, Path successor, Cancellation cancellation) {

  /// What would be lost, as the end of a sentence; nothing when nothing would.
  Optional<String> lost() throws IOException {
    if (!Files.isDirectory(pallet.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("is no git clone, so nobody can tell what of it was changed");
    }
    try (GitView view = GitView.of(pallet)) {
      if (view.head().isEmpty()) {
        return Optional.of("is on no commit, so nobody can tell what of it was changed");
      }
      long files = view.changes().lines().count();
      if (files > 0 && !isSameAsSuccessor()) {
        return Optional.of("has changes in " + counted(files, "file"));
      }
      long commits = unpublished(view);
      return commits == 0
          ? Optional.empty()
          : Optional.of("has " + counted(commits, "commit") + " that no remote branch or tag has");
    }
  }

  private boolean isSameAsSuccessor() throws IOException {
    return new TreeCopy(pallet, new Progress("Comparing pallets"), cancellation)
        .isSameBut(".git", successor, pallet);
  }

  /// Commits of the clone, stashed ones too, that neither the mirror nor a remote branch leads to.
  private long unpublished(GitView view) throws IOException {
    List<String> question =
        new ArrayList<>(
            List.of("rev-list", "--count", "HEAD", "--branches", "--tags", "--ignore-missing"));
    Path next = successor.resolve(".git");
    boolean isMirrored = Files.exists(mirror.resolve("HEAD"));
    Git git = isMirrored ? view.git().borrowing(next, mirror) : view.git().borrowing(next);
    if (git.agrees("rev-parse", "--verify", "--quiet", "refs/stash")) question.add("refs/stash");
    question.addAll(List.of("--not", "--remotes"));
    try (GitView other = GitView.of(successor)) {
      other.head().ifPresent(question::add);
    }
    if (isMirrored) question.addAll(MirrorFile.refs(Git.in(mirror)).values());
    return Long.parseLong(git.answer(question.toArray(String[]::new)));
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
