package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fieldlift.archive.Part;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.PartList;

/// Takes releases, parts and leftovers out of a store. Its caller holds the [StoreLock], so no
/// fetch is under way whose parts could be mistaken for unneeded ones.
///
/// @param folders of the store
record StoreSweep(StoreFolders folders) {

  /// Removes a release, damaged or not, and the parts only it needs.
  ///
  /// @return bytes freed
  long remove(Digest release) throws IOException {
    Path folder = folders.release(release);
    Set<String> own = needed(folder);
    Path aside = folders.incoming().resolve(release.hex() + AtomicFiles.ASIDE);
    FolderFiles.delete(aside);
    Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.syncFolder(folders.releases());
    long freed = FolderFiles.delete(aside);
    own.removeAll(neededByAll());
    for (String part : own) freed += FolderFiles.delete(folders.parts().resolve(part));
    return freed;
  }

  /// Removes every part no release needs and everything a broken fetch left.
  ///
  /// @return bytes freed
  long prune() throws IOException {
    long freed = 0;
    Set<String> needed = neededByAll();
    for (Path part : children(folders.parts())) {
      if (!needed.contains(part.getFileName().toString())) freed += FolderFiles.delete(part);
    }
    for (Path leftover : children(folders.incoming())) freed += FolderFiles.delete(leftover);
    return freed;
  }

  /// Removes what was being written when a program died. Partial downloads stay: they are resumed.
  void removeTorn() throws IOException {
    for (Path leftover : children(folders.incoming())) {
      if (leftover.toString().endsWith(AtomicFiles.ASIDE)) FolderFiles.delete(leftover);
    }
  }

  /// Removes those of these parts that are not what their names say, so that they are fetched
  /// again.
  void removeDamaged(List<Part> parts, Cancellation cancellation) throws IOException {
    for (Part part : parts) {
      cancellation.check();
      if (!folders.holdsIntact(part)) Files.deleteIfExists(folders.part(part.sha256()));
    }
  }

  private Set<String> neededByAll() throws IOException {
    Set<String> needed = new HashSet<>();
    for (Path folder : StoreShelf.folders(folders)) needed.addAll(needed(folder));
    return needed;
  }

  /// The parts a release folder names; none when its list cannot be read, for then the release
  /// cannot be used either and must be fetched again.
  private static Set<String> needed(Path folder) throws IOException {
    Set<String> names = new HashSet<>();
    try {
      byte[] json =
          FormFiles.required(new DirectoryTree(folder), FormFiles.PARTS, PartList.LARGEST_JSON);
      for (Part part : PartList.parse(json).parts()) names.add(part.sha256().hex());
    } catch (Problem unreadable) {
      return names;
    }
    return names;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.toList();
    }
  }
}
