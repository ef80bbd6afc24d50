package org.fieldlift.forklift.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A bare mirror as one git bundle file: all branches, all tags and `HEAD`, with all of their
/// history. `git clone` and `git fetch` read such a file, too.
///
/// The same refs give the same bytes, however the mirror stores its objects: the pack is made anew,
/// by one thread and with fixed settings. (Another version of git may pack differently.)
public final class MirrorFile {
  private static final String[] FIXED = {
    "pack.threads=1",
    "pack.useBitmaps=false",
    "pack.window=10",
    "pack.windowMemory=0",
    "pack.depth=50",
    "pack.compression=6",
    "core.bigFileThreshold=512m"
  };

  private MirrorFile() {}

  /// Writes the file; a missing folder is made.
  ///
  /// @param mirror a bare repository
  /// @param wanted commits that must be in it, reachable from a branch or tag
  /// @throws Problem when a commit is missing or git cannot read the mirror
  public static void write(
      Path mirror, Collection<String> wanted, Path file, Cancellation cancellation)
      throws IOException {
    Git git = Git.in(mirror);
    Map<String, String> refs = refs(git);
    if (refs.isEmpty()) {
      throw Problem.failed(
          "The mirror " + mirror + " has no branch and no tag.",
          "Delete it and let Forklift fetch it again (forklift plt fetch).");
    }
    requireReachable(git, wanted, mirror.toString());
    var head = git.head().filter(refs::containsValue);
    if (head.isPresent()) refs.put("HEAD", head.get());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path aside = AtomicFiles.aside(file);
    try {
      Files.write(aside, new BundleHeader(refs).bytes());
      pack(git, refs, aside, cancellation);
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      AtomicFiles.publish(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// All branches and tags of a repository, with the objects they point to.
  public static Map<String, String> refs(Git git) throws IOException {
    Map<String, String> refs = new TreeMap<>();
    String format = "--format=%(objectname) %(refname)";
    for (String line :
        git.answer("for-each-ref", format, "refs/heads", "refs/tags").lines().toList()) {
      int space = line.indexOf(' ');
      refs.put(line.substring(space + 1), line.substring(0, space));
    }
    return refs;
  }

  /// @param what names the repository in the error
  public static void requireReachable(Git git, Collection<String> wanted, String what)
      throws IOException {
    for (String commit : wanted) {
      if (isReachable(git, commit)) continue;
      throw Problem.failed(
          "No branch and no tag of "
              + PlainText.of(what)
              + " leads to the commit "
              + PlainText.of(commit)
              + ".",
          "Push that commit, fetch it (forklift plt fetch), then try again.");
    }
  }

  /// Forklift clones a mirror's branches and tags only.
  public static boolean isReachable(Git git, String commit) throws IOException {
    return git.ask("rev-list", "--max-count=1", commit, "--not", "--branches", "--tags")
        .filter(String::isEmpty)
        .isPresent();
  }

  private static void pack(Git git, Map<String, String> refs, Path file, Cancellation cancellation)
      throws IOException {
    git.with(FIXED)
        .append(
            file,
            String.join("\n", new TreeSet<>(refs.values())) + "\n",
            cancellation,
            "pack-objects",
            "--stdout",
            "--revs",
            "--no-reuse-delta",
            "--no-reuse-object",
            "--delta-base-offset",
            "--quiet");
  }
}
