package org.fieldlift.forklift.pallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Include;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.InsideBundle;
import org.fieldlift.forklift.Owner;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.DotGit;
import org.fieldlift.forklift.pallet.Restored.State;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Yaml;

/// The way back from a bundle's caches to a workspace's: pallets, repositories, downloads and
/// mirrors, so that Forklift can stage and switch without a network.
///
/// Nothing that is there is overwritten; mirrors are merged. Each thing is made aside and renamed
/// when it is whole and durable, so a run that was killed is simply run again. (Container images
/// are not Forklift's and not restored here.)
public final class CacheRestore {
  private final Path bundle;
  private final Workspace workspace;
  private final CacheFolders from;
  private final CacheFolders to;
  private final TreeCopy copy;
  private final MirrorRestore mirrors;
  private final Cancellation cancellation;
  private final List<Restored> restored = new ArrayList<>();

  /// @param bundle a bundle directory whose files were checked against a signed release
  /// @param workspace an existing one; its owner gets what is made
  public CacheRestore(
      Path bundle, Workspace workspace, Progress progress, Cancellation cancellation) {
    this.bundle = bundle;
    this.workspace = workspace;
    this.from = CacheFolders.of(bundle);
    this.to = workspace.caches();
    this.copy = new TreeCopy(workspace.root(), progress, cancellation);
    this.mirrors = new MirrorRestore(workspace.root(), to.mirrors(), cancellation);
    this.cancellation = cancellation;
  }

  /// Looks whether all is there that is to be restored, and can go where it belongs; changes
  /// nothing.
  ///
  /// @throws Problem when the bundle lacks something it names, or all of its caches, or something
  ///   is in the way
  public void check() throws IOException {
    CachesSection section = section();
    requireNoRepository(section);
    boolean isDropped = !Files.exists(from.root(), LinkOption.NOFOLLOW_LINKS);
    if (isDropped && !names(section).isEmpty()) throw dropped();
    requireFolders("pallet", from.pallets(), section.pallets());
    requireFolders("repository", from.repositories(), section.repositories());
    for (CachesSection.Download download : section.downloads()) {
      requireFile("download", download.path(), from.downloads().resolve(download.path()));
    }
    for (String path : section.mirrors()) requireFile("mirror", path, from.mirrorFile(path));
    requirePlaces(section);
  }

  private void requirePlaces(CachesSection section) throws IOException {
    List<Path> places = new ArrayList<>();
    for (String name : section.pallets()) places.add(to.pallets().resolve(name));
    for (String name : section.repositories()) places.add(to.repositories().resolve(name));
    for (CachesSection.Download each : section.downloads()) {
      places.add(to.downloads().resolve(each.path()));
    }
    for (Path place : places) Owner.missing(workspace.root(), place.resolveSibling(""));
    for (String path : section.mirrors()) mirrors.check(path);
  }

  /// Restores all that the bundle's `caches` section names.
  ///
  /// @throws Problem when the bundle lacks something it names, or something is in the way
  public List<Restored> run() throws IOException {
    check();
    CachesSection section = section();
    BundleContents contents = BundleContents.of(bundle);
    Owner.makeFolders(workspace.root(), to.root());
    for (String name : section.pallets()) tree("pallet", from.pallets(), to.pallets(), name);
    for (String name : section.repositories()) {
      tree("repository", from.repositories(), to.repositories(), name);
    }
    for (CachesSection.Download download : section.downloads()) download(download);
    for (String path : section.mirrors()) mirror(path, contents);
    return List.copyOf(restored);
  }

  private CachesSection section() throws IOException {
    byte[] manifest = Limits.readFile(bundle.resolve(BundleManifest.FILE), Yaml.LARGEST);
    return CachesSection.parse(manifest).orElseThrow(CacheRestore::noCaches);
  }

  private void requireFolders(String kind, Path cache, List<String> names) throws Problem {
    for (String name : names) {
      InsideBundle.require(bundle, cache.resolve(name));
      if (!Files.isDirectory(cache.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw missing(kind, name);
      }
    }
  }

  private void requireFile(String kind, String name, Path file) throws Problem {
    InsideBundle.require(bundle, file);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) throw missing(kind, name);
  }

  /// Of all that is restored.
  private static List<String> names(CachesSection section) {
    List<String> names = new ArrayList<>(section.pallets());
    names.addAll(section.repositories());
    names.addAll(section.mirrors());
    section.downloads().forEach(each -> names.add(each.path()));
    return names;
  }

  /// Stops caches that together make a repository, with programs in its settings (CWE-829).
  private static void requireNoRepository(CachesSection section) throws Problem {
    for (String name : names(section)) {
      if (!DotGit.isIn(name)) continue;
      throw Problem.notGenuine(
          "The bundle's cache " + PlainText.of(name) + " would lie in a git repository of its own.",
          "Do not use this bundle; ask where it came from.");
    }
  }

  private void tree(String kind, Path source, Path target, String name) throws IOException {
    Path brought = source.resolve(name);
    Path place = target.resolve(name);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      add(kind, name, copy.isSame(brought, place) ? State.PRESENT : State.DIFFERENT);
      return;
    }
    Path aside = aside();
    try {
      copy.copy(brought, aside);
      settle(aside, place);
      add(kind, name, State.NEW);
    } finally {
      FolderFiles.delete(aside);
    }
  }

  private void download(CachesSection.Download download) throws IOException {
    Path brought = from.downloads().resolve(download.path());
    Path place = to.downloads().resolve(download.path());
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      boolean same = Files.isRegularFile(place) && Digest.of(place).equals(download.sha256());
      add("download", download.path(), same ? State.PRESENT : State.DIFFERENT);
      return;
    }
    Path aside = aside();
    try {
      if (!copy.file(brought, aside).equals(download.sha256())) throw damaged(download.path());
      Owner.allow(aside, "rw-r--r--");
      settle(aside, place);
      add("download", download.path(), State.NEW);
    } finally {
      FolderFiles.delete(aside);
    }
  }

  private void mirror(String path, BundleContents contents) throws IOException {
    Path brought = from.mirrorFile(path);
    List<String> wanted = new ArrayList<>();
    for (List<Include> includes : List.of(contents.pallets(), contents.repositories())) {
      for (Include each : includes) {
        if (each.path().equals(path) && !each.commit().isEmpty()) wanted.add(each.commit());
      }
    }
    if (path.equals(contents.manifest().path())) LocalPallet.head(bundle).ifPresent(wanted::add);
    add("mirror", path, mirrors.restore(brought, path, wanted));
  }

  private void settle(Path aside, Path place) throws IOException {
    Path folder = Owner.makeFolderOf(workspace.root(), place);
    Owner.give(aside, workspace.root());
    Files.move(aside, place);
    AtomicFiles.syncFolder(folder);
  }

  /// Beside the caches, not beside the file: a name there may already have all 255 bytes.
  private Path aside() throws IOException {
    cancellation.check();
    return AtomicFiles.aside(to.root().resolve("incoming"));
  }

  private void add(String kind, String name, State state) {
    restored.add(new Restored(kind, name, state));
  }

  private static Problem noCaches() {
    return Problem.failed(
        "The bundle brings no caches along.",
        "Export it again with its caches, then it can be restored from.");
  }

  private static Problem dropped() {
    return Problem.failed(
        "The bundle's caches were dropped when it was imported, so nothing can be restored from"
            + " it.",
        "Switch from the drive or file it came on (fieldlift plt switch --from-bundle PATH), or"
            + " import it again.");
  }

  private static Problem missing(String kind, String name) {
    return Problem.notGenuine(
        "The bundle lacks the " + kind + " " + PlainText.of(name) + " that it names.",
        "It is damaged; get it again from its source.");
  }

  private static Problem damaged(String name) {
    return Problem.notGenuine(
        "The download " + PlainText.of(name) + " in the bundle is damaged.",
        "Get the bundle again from its source.");
  }
}
