package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.StoredRelease;

/// What a look at the folders of a store found.
///
/// @param releases complete ones; by product, newest first
/// @param faults a sentence for each folder that is not a complete release
record StoreShelf(List<StoredRelease> releases, List<String> faults) {
  private static final Comparator<StoredRelease> ORDER =
      Comparator.comparing((StoredRelease stored) -> stored.release().product())
          .thenComparing(stored -> stored.release().sequence(), Comparator.reverseOrder())
          .thenComparing(stored -> stored.release().platform())
          .thenComparing(stored -> stored.signed().id());

  static StoreShelf look(StoreFolders folders) throws IOException {
    List<StoredRelease> releases = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Path folder : folders(folders)) {
      try {
        releases.add(StoredFolder.read(folders, folder));
      } catch (NoSuchFileException removedMeanwhile) {
        // then it is not here
      } catch (Problem problem) {
        faults.add(problem.what() + " " + problem.next());
      } catch (IOException e) {
        faults.add(PlainText.of(folder + " cannot be read: " + e.getMessage()) + ".");
      }
    }
    releases.sort(ORDER);
    return new StoreShelf(List.copyOf(releases), List.copyOf(faults));
  }

  /// The release folders, complete or not.
  static List<Path> folders(StoreFolders folders) throws IOException {
    try (var names = Files.list(folders.releases())) {
      return names.sorted().toList();
    }
  }
}
