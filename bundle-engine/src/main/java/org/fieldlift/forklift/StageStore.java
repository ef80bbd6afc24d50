package org.fieldlift.forklift;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Forklift's stage store: numbered bundle directories and `forklift-stage-store.yml`.
///
/// Forklift has no lock and keeps no list of its bundles: a directory with a number is a bundle. So
/// a bundle gets its number last, by one rename.
public final class StageStore {
  private static final List<String> DERIVED = List.of("next", "current", "rollback", "pending");
  private static final String LOCK = ".fieldlift-lock";

  private final Path folder;
  private final StageCommit commit;

  private StageStore(Path folder) {
    this.folder = folder;
    this.commit = new StageCommit(folder);
  }

  /// @param folder the `stages` directory; made when it is missing, by whoever claims the store
  public static StageStore open(Path folder) throws Problem {
    if (Files.isSymbolicLink(folder) && !Files.exists(folder)) {
      throw Problem.failed(
          "The stage store " + folder + " is a link to nothing.",
          "Mount what it leads to, or remove the link.");
    }
    return new StageStore(folder);
  }

  /// A store that must be there already.
  ///
  /// @throws Problem of kind USAGE when it is not: a mistyped one would look like an empty one
  public static StageStore existing(Path folder) throws Problem {
    if (Files.isDirectory(folder)) return open(folder);
    throw Problem.usage(
        "There is no stage store at " + PlainText.of(folder.toString()) + ".",
        "Name it with --stage-store, or Forklift's workspace with --workspace.");
  }

  /// The image cache of this store's bundles: beside the store itself, wherever a link to it lies,
  /// so that the file system can share blobs.
  public Path images() throws IOException {
    Path place = Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    return place.resolveSibling("images");
  }

  public Path folder() {
    return folder;
  }

  /// The right to import into this store, until it is closed; nothing while another program of ours
  /// holds it. What imports that died left behind is removed.
  public Optional<Closeable> claim() throws IOException {
    Owner.makeFolders(folder);
    Path file = folder.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    boolean claimed = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) return Optional.empty();
      Owner.give(file, folder);
      commit.removeTornSwap();
      Leftovers.remove(folder);
      claimed = true;
      return Optional.of(channel);
    } catch (OverlappingFileLockException anotherThreadOfOurs) {
      return Optional.empty();
    } finally {
      if (!claimed) channel.close();
    }
  }

  /// Makes files of ours beside the store its owner's, as far as we may.
  public void adopt(Path ours) throws IOException {
    Owner.give(ours, folder);
  }

  /// Removes the caches of a bundle, or of what is to become one; killed in the middle, none of
  /// them are left.
  public void dropCaches(Path bundle) throws IOException {
    Path caches = CacheFolders.of(bundle).root();
    if (!Files.exists(caches, LinkOption.NOFOLLOW_LINKS)) return;
    Path aside = Leftovers.fresh(folder);
    Files.move(caches, aside);
    AtomicFiles.syncFolder(bundle);
    FolderFiles.delete(aside);
  }

  /// Puts the caches of a staging directory in the place of a bundle's.
  public void bringCaches(Path staging, StagedBundle bundle) throws IOException {
    dropCaches(bundle.folder());
    Path caches = CacheFolders.of(staging).root();
    if (!Files.isDirectory(caches)) return;
    Owner.give(caches, folder);
    AtomicFiles.syncFolder(caches);
    Files.move(caches, CacheFolders.of(bundle.folder()).root());
    AtomicFiles.syncFolder(bundle.folder());
  }

  /// Refuses while Forklift itself changes the store, or left its swap file behind in a crash.
  ///
  /// @throws Problem that names the file; it is never deleted here
  public void requireNoSwapFile() throws IOException {
    commit.requireNoSwapFile();
  }

  /// A fresh staging directory inside the store whose name Forklift ignores (`.import-<uuid>`).
  public Path newStagingDirectory() throws IOException {
    Path staging = Files.createDirectory(Leftovers.fresh(folder));
    Owner.allow(staging, "rwxr-xr-x");
    return staging;
  }

  /// Removes a staging directory that is not wanted any more.
  public void discard(Path staging) throws IOException {
    FolderFiles.delete(staging);
  }

  /// Gives a complete staging directory the next free number, durably.
  ///
  /// The number is not taken beforehand by an empty directory: Forklift counts that as a bundle and
  /// can list none any more, and so it would stay if we died before the rename.
  ///
  /// @return the number
  public int publish(Path staging) throws IOException {
    Owner.give(staging, folder);
    AtomicFiles.syncFolder(staging);
    for (int number = BundleNumbers.following(folder); ; number++) {
      Path numbered = folder.resolve(Integer.toString(number));
      try {
        Files.move(staging, numbered);
      } catch (FileSystemException e) {
        if (Files.exists(numbered, LinkOption.NOFOLLOW_LINKS)) continue; // somebody was faster
        throw e;
      }
      AtomicFiles.syncFolder(folder);
      return number;
    }
  }

  /// Makes this bundle the next one to be applied, by the swap-file protocol.
  ///
  /// @throws Problem when there is no such bundle, or Forklift could not apply it
  public void setNext(int index) throws IOException {
    BundleManifest.read(bundle(Integer.toString(index)));
    commit.change(manifest -> manifest.withNext(index));
  }

  /// Whether Forklift will apply this bundle: it is the next one, and its apply has not failed.
  public boolean willApply(int index) throws IOException {
    StageManifest manifest = commit.read();
    return manifest.next() == index && !manifest.nextFailed();
  }

  /// The index of the next bundle.
  public Optional<Integer> next() throws IOException {
    return commit.read().index("next");
  }

  /// The bundle an index or name (`next`, `current`, `rollback`, a user's name) stands for.
  ///
  /// @throws Problem of kind USAGE when it stands for none
  public Path bundle(String identifier) throws IOException {
    Optional<Long> number = BundleNumbers.parse(identifier);
    if (number.isEmpty()) number = commit.read().index(identifier).map(Integer::longValue);
    Optional<Path> bundle = number.filter(index -> index > 0).flatMap(this::loadable);
    if (bundle.isPresent()) return bundle.get();
    throw Problem.usage(
        "The stage store " + folder + " has no bundle " + PlainText.of(identifier) + ".",
        number.isPresent() ? hint(number.get()) : "See which it has with: forklift stage ls-bun.");
  }

  /// What may look like the bundle to a person and is none to Forklift.
  private String hint(long number) throws IOException {
    if (Files.isSymbolicLink(folder.resolve(Long.toString(number)))) {
      return number
          + " is a link there, which Forklift does not list; put the folder itself there.";
    }
    return BundleNumbers.taken(folder).contains(number)
        ? "The folder of that number must be called " + number + ", without anything before it."
        : "See which it has with: forklift stage ls-bun.";
  }

  /// What the bundle says that an index or name stands for; nothing when it stands for none, or for
  /// one that Forklift could not read either.
  public Optional<BundleManifest> manifest(String identifier) throws IOException {
    Optional<Path> bundle =
        commit.read().index(identifier).map(Integer::longValue).flatMap(this::loadable);
    if (bundle.isEmpty()) return Optional.empty();
    try {
      return Optional.of(BundleManifest.read(bundle.get()));
    } catch (Problem broken) {
      return Optional.empty();
    }
  }

  /// The bundles that Forklift can find by their number, lowest first.
  public List<StagedBundle> bundles() throws IOException {
    StageManifest manifest = commit.read();
    List<StagedBundle> all = new ArrayList<>();
    for (long number : BundleNumbers.taken(folder)) {
      loadable(number)
          .ifPresent(
              path -> all.add(new StagedBundle((int) number, path, names(manifest, (int) number))));
    }
    return all;
  }

  /// Whether Forklift has ever kept its state here, even if no bundle is left.
  public boolean hasState() {
    return Files.isRegularFile(folder.resolve(StageManifest.FILE));
  }

  private static List<String> names(StageManifest manifest, int index) {
    List<String> names = new ArrayList<>(DERIVED);
    names.addAll(manifest.names().keySet());
    names.removeIf(name -> !manifest.index(name).equals(Optional.of(index)));
    return names;
  }

  /// Forklift looks a number up under its plain digits, whatever the directory was called.
  private Optional<Path> loadable(long number) {
    Path path = folder.resolve(Long.toString(number));
    return number <= Integer.MAX_VALUE && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(path)
        : Optional.empty();
  }
}
