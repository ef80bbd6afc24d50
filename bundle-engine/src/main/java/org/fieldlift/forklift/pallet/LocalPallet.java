package org.fieldlift.forklift.pallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.InsideBundle;
import org.fieldlift.forklift.Owner;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.GitConfig;
import org.fieldlift.forklift.git.GitView;
import org.fieldlift.forklift.secrets.PalletConfig;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.SafePath;

/// Makes a bundle's pallet the local pallet of a workspace: a git clone on the bundle's commit,
/// with its history, that people can change and stage as if they had cloned it. Changes that the
/// bundle was staged with come along.
///
/// Files come as they are; of `.git` the history does, but no programs (hooks) and only harmless
/// settings (decision 16).
public final class LocalPallet {
  private static final Set<String> OF_GIT =
      Set.of(
          "HEAD",
          "ORIG_HEAD",
          "index",
          "packed-refs",
          "shallow",
          "description",
          "refs",
          "objects",
          "logs",
          "info");
  private static final String OLD = ".fieldlift-old";

  private final Workspace workspace;
  private final Path place;

  public LocalPallet(Workspace workspace) {
    this.workspace = workspace;
    this.place = workspace.pallet();
  }

  /// The commit that a bundle's pallet is on; nothing when it came without its history.
  public static Optional<String> head(Path bundle) throws IOException {
    Path pallet = bundle.resolve("pallet");
    if (!Files.isDirectory(pallet.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (GitView view = GitView.of(pallet)) {
      return view.head();
    }
  }

  /// Looks whether the local pallet may be replaced. Changes nothing, but for what a run that died
  /// left.
  ///
  /// @param bundle a bundle directory whose files were checked against a signed release
  /// @param force true to give up local changes
  /// @throws Problem when the old pallet has changes that would be lost, the bundle's has no
  ///   complete history, or Forklift is at work
  public void check(Path bundle, boolean force, Cancellation cancellation) throws IOException {
    Path pallet = bundle.resolve("pallet");
    InsideBundle.require(bundle, pallet);
    String path = path(bundle);
    if (head(bundle).isEmpty() || SafePath.fault(path).isPresent()) throw noHistory();
    try (GitView view = GitView.of(pallet)) {
      requireHistory(view);
    }
    for (Path each : List.of(place, workspace.upgradeQuery())) {
      Owner.missing(workspace.root(), each.resolveSibling(""));
    }
    UpgradeQuery.requireNoSwapFile(workspace);
    recover();
    if (!force) requireNoChanges(pallet, path, cancellation);
  }

  /// Replaces the local pallet. The old one stays aside until the new one is in its place. Only one
  /// at a time may do this; whoever calls holds the stage store's claim.
  ///
  /// @param bundle a bundle directory whose files were checked against a signed release
  /// @param force true to give up local changes
  /// @throws Problem as [#check] does
  public void replaceBy(Path bundle, boolean force, Progress progress, Cancellation cancellation)
      throws IOException {
    check(bundle, force, cancellation);
    Path pallet = bundle.resolve("pallet");
    String path = path(bundle);
    Path folder = Owner.makeFolderOf(workspace.root(), place);
    Path aside = AtomicFiles.aside(place);
    try {
      new PalletCopy(new TreeCopy(workspace.root(), progress, cancellation), OF_GIT)
          .copy(pallet, aside);
      String query = makeClone(aside, path);
      Owner.give(aside, workspace.root());
      AtomicFiles.syncFolder(aside);
      swap(aside, folder);
      new UpgradeQuery(path, query).write(workspace);
    } finally {
      FolderFiles.delete(aside);
    }
  }

  private void requireNoChanges(Path pallet, String path, Cancellation cancellation)
      throws IOException {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) return;
    Path mirror = workspace.caches().mirrors().resolve(path);
    Optional<String> lost = new LocalChanges(place, mirror, pallet, cancellation).lost();
    if (lost.isEmpty()) return;
    throw Problem.failed(
        "The local pallet " + place + " " + lost.get() + ".",
        "Commit and push them, or give them up with --force.");
  }

  /// @return what to upgrade by: the branch it is on, else its commit
  private String makeClone(Path pallet, String path) throws IOException {
    Path config = pallet.resolve(".git/config");
    Path mirror = workspace.caches().mirrors().resolve(path).toAbsolutePath();
    String ours = "remote." + PalletConfig.MIRROR + ".";
    GitConfig settings = Files.exists(config) ? GitConfig.read(config) : new GitConfig(List.of());
    AtomicFiles.write(
        config,
        PalletConfig.portable(settings)
            .only(setting -> !setting.key().equals("remote.origin.url"))
            .and("remote.origin.url", "https://" + path)
            .and(ours + "url", mirror.toString())
            .and(ours + "fetch", "+refs/heads/*:refs/remotes/" + PalletConfig.MIRROR + "/*")
            .bytes());
    try (GitView view = GitView.of(pallet)) {
      requireHistory(view);
      view.refreshIndex();
      Optional<String> branch = view.git().ask("symbolic-ref", "--short", "--quiet", "HEAD");
      return branch.isPresent() ? branch.get() : view.head().orElseThrow(LocalPallet::noHistory);
    }
  }

  private static void requireHistory(GitView view) throws IOException {
    if (!view.git().agrees("rev-list", "--objects", "--quiet", "HEAD")) throw noHistory();
  }

  private static String path(Path bundle) throws IOException {
    return BundleManifest.read(bundle).path();
  }

  private void swap(Path aside, Path folder) throws IOException {
    Path old = old();
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.syncFolder(folder);
    FolderFiles.delete(old);
  }

  /// What a run that was killed between the two renames left: the old pallet goes back. What one
  /// left that was killed after them is removed.
  private void recover() throws IOException {
    Path old = old();
    if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)) return;
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) FolderFiles.delete(old);
    else Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path old() {
    return place.resolveSibling(place.getFileName() + OLD);
  }

  private static Problem noHistory() {
    return Problem.failed(
        "The bundle has no complete git history of its pallet.",
        "Use the caches only, and switch to the pallet with Forklift (forklift plt switch).");
  }
}
