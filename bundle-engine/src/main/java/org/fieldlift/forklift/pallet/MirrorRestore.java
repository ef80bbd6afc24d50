package org.fieldlift.forklift.pallet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fieldlift.forklift.Owner;
import org.fieldlift.forklift.git.BundleHeader;
import org.fieldlift.forklift.git.Git;
import org.fieldlift.forklift.git.GitConfig;
import org.fieldlift.forklift.git.MirrorFile;
import org.fieldlift.forklift.git.MirrorRefs;
import org.fieldlift.forklift.pallet.Restored.State;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A git bundle file back into a workspace's mirrors: a new mirror as Forklift makes them, or
/// merged into the one that is there.
///
/// The pack is unpacked and checked by git in a scratch repository (every object's form, every link
/// between them), so nothing reaches a mirror that is not whole, and a mirror's own `config` plays
/// no part. Objects come first, then refs, each by one rename: killed anywhere, the mirror is
/// valid, and the next run goes on. What happens to refs that moved: decision 15.
final class MirrorRestore {
  private final Path root;
  private final Path mirrors;
  private final Cancellation cancellation;

  /// @param root of the workspace; its owner gets what is made
  MirrorRestore(Path root, Path mirrors, Cancellation cancellation) {
    this.root = root;
    this.mirrors = mirrors;
    this.cancellation = cancellation;
  }

  /// Looks whether a mirror can be where it belongs; changes nothing.
  ///
  /// @throws Problem when something is in the way
  void check(String path) throws IOException {
    Path mirror = mirrors.resolve(path);
    requireNotInsideAnother(mirror);
    Owner.missing(root, mirror.resolveSibling(""));
    if (!isMirror(mirror) && isInTheWay(mirror)) throw inTheWay(mirror);
  }

  /// @param file a git bundle file
  /// @param path of the repository, such as `github.com/owner/name`
  /// @param wanted commits that must be reachable from a branch or tag afterwards
  /// @throws Problem when the file is damaged or brings no such commit; the mirror is as it was
  State restore(Path file, String path, Collection<String> wanted) throws IOException {
    check(path);
    Path mirror = mirrors.resolve(path);
    Optional<Path> present = Optional.of(mirror).filter(MirrorRestore::isMirror);
    // An empty folder is what a clone leaves that failed at once.
    if (present.isEmpty()) Files.deleteIfExists(mirror);
    Path folder = Owner.makeFolderOf(root, mirror);
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
      BundleHeader header = BundleHeader.read(in, file.toString());
      if (present.isPresent() && holdsAll(Git.in(mirror), header, wanted)) return State.PRESENT;
      Path scratch = AtomicFiles.aside(mirrors.resolve("incoming"));
      try {
        Git unpacked = unpack(in, header, scratch, present);
        if (present.isPresent()) {
          requireWithin(unpacked, Git.in(mirror), header, wanted, path);
          return merge(header, scratch, mirror, wanted);
        }
        finish(unpacked, header, scratch, path, wanted);
        Files.move(scratch, mirror);
        AtomicFiles.syncFolder(folder);
        return State.NEW;
      } finally {
        FolderFiles.delete(scratch);
      }
    }
  }

  /// Reads the pack into an empty repository; the mirror that is there lends it its objects.
  private Git unpack(InputStream pack, BundleHeader header, Path scratch, Optional<Path> mirror)
      throws IOException {
    Git git = Git.in(scratch);
    git.answer("init", "--quiet", "--bare", "--template=");
    Files.createDirectories(scratch.resolve("objects/pack"));
    if (mirror.isPresent()) git = git.borrowing(mirror.get());
    git.feed(pack, cancellation, "index-pack", "--stdin", "--strict", "--fsck-objects");
    String tips = String.join("\n", header.refs().values()) + "\n";
    git.answerTo(tips, "rev-list", "--objects", "--quiet", "--stdin");
    return git;
  }

  /// Before anything of the mirror is touched: what is wanted will be there afterwards.
  private static void requireWithin(
      Git unpacked, Git mirror, BundleHeader header, Collection<String> wanted, String path)
      throws IOException {
    List<String> missing = new ArrayList<>();
    for (String commit : wanted) {
      if (MirrorFile.isReachable(mirror, commit)) continue;
      List<String> question =
          new ArrayList<>(List.of("rev-list", "--max-count=1", commit, "--not"));
      question.addAll(header.refs().values());
      boolean isBrought =
          unpacked.ask(question.toArray(String[]::new)).filter(String::isEmpty).isPresent();
      if (!isBrought) missing.add(commit);
    }
    MirrorFile.requireReachable(mirror, missing, path + " as the bundle brings it");
  }

  private void finish(
      Git git, BundleHeader header, Path scratch, String path, Collection<String> wanted)
      throws IOException {
    for (var ref : branchesAndTags(header).entrySet()) {
      git.answer("update-ref", ref.getKey(), ref.getValue());
    }
    MirrorFile.requireReachable(git, wanted, path + " as the bundle brings it");
    git.answer("pack-refs", "--all");
    git.answer("symbolic-ref", "HEAD", mainBranch(header));
    String remote = "remote.origin.";
    GitConfig config =
        new GitConfig(List.of())
            .and("core.repositoryformatversion", "0")
            .and("core.filemode", "true")
            .and("core.bare", "true")
            .and(remote + "url", "https://" + path)
            .and(remote + "fetch", "+refs/*:refs/*")
            .and(remote + "mirror", "true");
    AtomicFiles.write(scratch.resolve("config"), config.bytes());
    Owner.allow(scratch, "rwxr-xr-x");
    settle(scratch);
  }

  private State merge(BundleHeader header, Path scratch, Path mirror, Collection<String> wanted)
      throws IOException {
    settle(scratch.resolve("objects/pack"));
    Path packs = mirror.resolve("objects/pack");
    Owner.makeFolders(root, packs);
    for (String ending : List.of(".pack", ".rev", ".idx")) { // git looks for the last
      try (var files = Files.newDirectoryStream(scratch.resolve("objects/pack"), "*" + ending)) {
        for (Path file : files) {
          Path place = packs.resolve(file.getFileName());
          if (!Files.exists(place)) Files.move(file, place);
        }
      }
    }
    AtomicFiles.syncFolder(packs);
    MirrorRefs refs = new MirrorRefs(Git.in(mirror));
    State state = refs.merge(branchesAndTags(header), wanted) ? State.MERGED : State.DIFFERENT;
    Owner.giveWithin(mirror, root);
    return state;
  }

  private static boolean holdsAll(Git git, BundleHeader header, Collection<String> wanted)
      throws IOException {
    Map<String, String> here = MirrorFile.refs(git);
    if (!here.entrySet().containsAll(branchesAndTags(header).entrySet())) return false;
    for (String commit : wanted) {
      if (!MirrorFile.isReachable(git, commit)) return false;
    }
    return true;
  }

  private static Map<String, String> branchesAndTags(BundleHeader header) {
    Map<String, String> refs = new TreeMap<>(header.refs());
    refs.remove("HEAD");
    return refs;
  }

  /// The branch that `HEAD` was on, as far as its commit tells; `main` and `master` before others.
  private static String mainBranch(BundleHeader header) throws Problem {
    List<String> order = new ArrayList<>(List.of("refs/heads/main", "refs/heads/master"));
    branchesAndTags(header).keySet().stream()
        .filter(name -> name.startsWith("refs/heads/"))
        .forEach(order::add);
    String head = header.refs().get("HEAD");
    order.removeIf(name -> !header.refs().containsKey(name));
    return order.stream()
        .filter(name -> head != null && head.equals(header.refs().get(name)))
        .findFirst()
        .or(() -> order.stream().findFirst())
        .orElseThrow(() ->
            Problem.notGenuine(
                "A mirror in the bundle has no branch.",
                "Export the bundle again from a complete mirror."));
  }

  private void settle(Path ours) throws IOException {
    try (var all = Files.walk(ours)) {
      for (Path each : all.toList()) {
        AtomicFiles.syncFolder(each); // files as well: git's are read-only
      }
    }
    Owner.give(ours, root);
  }

  /// Stops a path from reaching into the folders of another repository.
  private void requireNotInsideAnother(Path mirror) throws Problem {
    Path at = mirrors;
    for (Path name : mirrors.relativize(mirror.resolveSibling(""))) {
      at = at.resolve(name);
      if (isMirror(at)) throw inTheWay(at);
    }
  }

  private static boolean isMirror(Path folder) {
    return Files.exists(folder.resolve("HEAD"));
  }

  private static boolean isInTheWay(Path mirror) throws IOException {
    if (!Files.exists(mirror, LinkOption.NOFOLLOW_LINKS)) return false;
    if (!Files.isDirectory(mirror, LinkOption.NOFOLLOW_LINKS)) return true;
    try (var children = Files.newDirectoryStream(mirror)) {
      return children.iterator().hasNext();
    }
  }

  private static Problem inTheWay(Path mirror) {
    return Problem.failed(
        PlainText.of(mirror.toString()) + " is in the way of a mirror and is no git repository.",
        "Move it away; Forklift cannot use it either.");
  }
}
