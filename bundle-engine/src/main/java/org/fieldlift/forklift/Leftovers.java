package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/// What imports keep in the stage store while they run, under names that Forklift ignores.
final class Leftovers {
  static final String PREFIX = ".import-";

  private Leftovers() {}

  static Path fresh(Path store) {
    return store.resolve(PREFIX + UUID.randomUUID());
  }

  /// Removes everything that dead imports left. Nobody else may be importing.
  static void remove(Path store) throws IOException {
    try (var ours = Files.newDirectoryStream(store, PREFIX + "*")) {
      for (Path left : ours) discard(left);
    }
  }

  /// Deletes a folder whose inner folders may be read-only. Links are deleted, not followed.
  static void discard(Path left) throws IOException {
    if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
      Owner.allow(left, "rwx------");
      try (var children = Files.newDirectoryStream(left)) {
        for (Path child : children) discard(child);
      }
    }
    try {
      Files.delete(left);
    } catch (NoSuchFileException gone) {
      // That is what was wanted.
    }
  }
}
