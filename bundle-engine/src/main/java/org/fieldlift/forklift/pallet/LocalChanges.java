package org.fieldlift.forklift.pallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.forklift.git.Git;
import org.fieldlift.forklift.git.GitView;
import org.fieldlift.forklift.git.MirrorFile;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Progress;

/// What a local pallet has that exists nowhere else and would be lost with it.
///
/// @param mirror of its repository in the workspace's cache
/// @param successor the pallet that is to replace it: what that one has as well is not lost
record LocalChanges(Path pallet, Path mirror, Path successor, Cancellation cancellation) {
  private static final int LARGEST_HEAD = 4096;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /// What would be lost, as the end of a sentence; nothing when nothing would.
  Optional<String> lost() throws IOException {
    if (!Files.isDirectory(pallet.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("is no git clone, so nobody can tell what of it was changed");
    }
    try (GitView view = GitView.of(pallet)) {
      if (view.head().isEmpty()) {
        return Optional.of("is on no commit, so nobody can tell what of it was changed");
      }
      Optional<String> files = files(view);
      if (files.isPresent() && !isSuccessor(view)) return files;
      long commits = unpublished(view);
      return commits == 0
          ? Optional.empty()
          : Optional.of("has " + counted(commits, "commit") + " that no remote branch or tag has");
    }
  }

  private Optional<String> files(GitView view) throws IOException {
    long files = view.changes().lines().count();
    if (files > 0) return Optional.of("has changes in " + counted(files, "file"));
    boolean hasSubmodules =
        !view.submodules().isEmpty() || !children(pallet.resolve(".git/modules")).isEmpty();
    return hasSubmodules
        ? Optional.of("has submodules, of which nobody can tell what was changed")
        : Optional.empty();
  }

  private boolean isSuccessor(GitView view) throws IOException {
    TreeCopy copy = new TreeCopy(pallet, new Progress("Comparing pallets"), cancellation);
    if (!copy.isSameBut(".git", successor, pallet)) return false;
    try (GitView next = GitView.of(successor)) {
      return next.list().equals(view.list());
    }
  }

  /// Commits of the clone that neither the mirror nor a remote branch leads to: of every ref it has
  /// (branches, tags, the stash, others), and of work trees elsewhere that belong to it.
  private long unpublished(GitView view) throws IOException {
    List<String> question =
        new ArrayList<>(List.of("rev-list", "--count", "--ignore-missing", "HEAD", "--all"));
    question.addAll(headsElsewhere());
    question.addAll(List.of("--not", "--remotes"));
    try (GitView other = GitView.of(successor)) {
      other.head().ifPresent(question::add);
    }
    Path next = successor.resolve(".git");
    boolean isMirrored = Files.exists(mirror.resolve("HEAD"));
    Git git = isMirrored ? view.git().borrowing(next, mirror) : view.git().borrowing(next);
    if (isMirrored) question.addAll(MirrorFile.refs(Git.in(mirror)).values());
    return Long.parseLong(git.answer(question.toArray(String[]::new)));
  }

  /// Commits that linked work trees are on; a branch that one is on is a ref like any.
  private List<String> headsElsewhere() throws IOException {
    List<String> heads = new ArrayList<>();
    for (Path tree : children(pallet.resolve(".git/worktrees"))) {
      Path head = tree.resolve("HEAD");
      if (!Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS)) continue;
      String text = new String(Limits.readFile(head, LARGEST_HEAD), UTF_8).strip();
      if (COMMIT.matcher(text).matches()) heads.add(text);
    }
    return heads;
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return List.of();
    List<Path> all = new ArrayList<>();
    try (var children = Files.newDirectoryStream(folder)) {
      children.forEach(all::add);
    }
    return all;
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
