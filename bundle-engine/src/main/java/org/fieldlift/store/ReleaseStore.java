package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.PartList;
import org.fieldlift.release.ReleaseCheck;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;

/// The station's releases: parts by their digest, shared between releases, and a folder for each
/// release that is renamed into place last.
///
/// Any number of programs may read; changes wait for each other ([StoreLock]).
public final class ReleaseStore {
  private final StoreFolders folders;
  private final StoreSweep sweep;

  private ReleaseStore(StoreFolders folders) {
    this.folders = folders;
    this.sweep = new StoreSweep(folders);
  }

  /// @param folder made when missing
  public static ReleaseStore open(Path folder) throws IOException {
    return new ReleaseStore(StoreFolders.make(folder));
  }

  /// The complete releases; by product, newest first. Incomplete ones are in [#faults].
  public List<StoredRelease> list() throws IOException {
    return StoreShelf.look(folders).releases();
  }

  /// A sentence for each release in the store that is damaged and must be fetched again.
  public List<String> faults() throws IOException {
    return StoreShelf.look(folders).faults();
  }

  /// The release whose id begins with this text (at least 6 characters).
  ///
  /// @throws Problem when the text is too short, fits several releases, or the release is damaged
  public Optional<StoredRelease> find(String idPrefix) throws IOException {
    IdPrefix prefix = IdPrefix.of(idPrefix);
    List<Path> fits =
        StoreShelf.folders(folders).stream()
            .filter(folder -> folder.getFileName().toString().startsWith(prefix.text()))
            .toList();
    if (fits.size() > 1) throw prefix.ambiguous();
    return fits.isEmpty()
        ? Optional.empty()
        : Optional.of(StoredFolder.read(folders, fits.getFirst()));
  }

  /// Takes in a release, checking every byte against its signed entries. What is already here is
  /// read and not written again, unless it was damaged since.
  ///
  /// The signature is not judged here: only pass releases whose verdict was good.
  ///
  /// @throws Problem when the bytes are wrong, the disk is full, or another change is under way;
  ///   parts that were right stay and are used by the next try
  public StoredRelease admit(OpenRelease release, Progress progress, Cancellation cancellation)
      throws IOException {
    return admit(release, release.signed(), progress, cancellation);
  }

  /// Takes in a release with the signature that was judged, whatever lies beside it by now.
  public StoredRelease admit(
      OpenRelease release, SignedRelease judged, Progress progress, Cancellation cancellation)
      throws IOException {
    try (StoreLock _ = StoreLock.take(folders, StoreLock.PATIENCE)) {
      sweep.removeTorn();
      Optional<StoredRelease> here = complete(judged, cancellation);
      if (here.isPresent()) return here.get();
      StoreSpace.require(folders, release);
      PartList parts;
      try (Admission admission = new Admission(folders, release)) {
        parts = ReleaseCheck.copy(release, admission, progress, cancellation);
      }
      return publish(judged, parts);
    }
  }

  /// Removes a release, damaged or not, and the parts nobody else needs.
  ///
  /// @return bytes freed
  public long remove(Digest release) throws IOException {
    try (StoreLock _ = StoreLock.take(folders, StoreLock.PATIENCE)) {
      if (!Files.exists(folders.release(release), LinkOption.NOFOLLOW_LINKS)) {
        throw Problem.usage(
            "Release " + release.brief() + " is not in the store.", "List the releases first.");
      }
      return sweep.remove(release);
    }
  }

  /// Removes parts no release needs and all that broken fetches left, so that they begin anew.
  ///
  /// @return bytes freed
  public long prune() throws IOException {
    try (StoreLock _ = StoreLock.take(folders, StoreLock.PATIENCE)) {
      return sweep.prune();
    }
  }

  /// A part, when it is here.
  public Optional<Content> part(Part part) throws IOException {
    return folders.holds(part)
        ? Optional.of(Content.of(folders.part(part.sha256()), part.size()))
        : Optional.empty();
  }

  /// Where a part is downloaded to; kept when the download breaks off.
  public Path partial(Part part) {
    return folders.partial(part.sha256());
  }

  /// Where a whole single-file release is downloaded to; kept when the download breaks off.
  public Path partial(SignedRelease release) {
    return folders.singlePartial(release.id());
  }

  /// Removes a part that is here but no longer what it was when it came in, so that it is fetched
  /// again.
  ///
  /// @return false when it is not here, or right
  public boolean removeDamaged(Part part) throws IOException {
    Path file = folders.part(part.sha256());
    if (!folders.holds(part) || Digest.of(file).equals(part.sha256())) return false;
    Files.delete(file);
    return true;
  }

  /// The release when it is here already and every byte of it is right; with the newer signature
  /// when it has another.
  private Optional<StoredRelease> complete(SignedRelease signed, Cancellation cancellation)
      throws IOException {
    Path folder = folders.release(signed.id());
    if (!Files.isDirectory(folder)) return Optional.empty();
    try {
      sweep.removeDamaged(StoredFolder.partList(folder, signed).parts(), cancellation);
      StoredFolder here = StoredFolder.read(folders, folder);
      if (signed.signature() == null) return Optional.of(here);
      AtomicFiles.write(folder.resolve(FormFiles.SIGNATURE), signed.signature());
      return Optional.of(new StoredFolder(folders, signed, here.release(), here.parts()));
    } catch (Problem damaged) {
      return Optional.empty();
    }
  }

  private StoredRelease publish(SignedRelease signed, PartList parts) throws IOException {
    Path aside = folders.incoming().resolve("release" + AtomicFiles.ASIDE);
    FolderFiles.delete(aside);
    FormFiles.write(aside, signed);
    AtomicFiles.write(aside.resolve(FormFiles.PARTS), parts.toJson());
    Path folder = folders.release(signed.id());
    FolderFiles.delete(folder);
    AtomicFiles.publish(aside, folder);
    return new StoredFolder(folders, signed, signed.release(), parts);
  }
}
