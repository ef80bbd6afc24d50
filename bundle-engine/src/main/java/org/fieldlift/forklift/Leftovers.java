package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.fieldlift.io.FolderFiles;

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
      for (Path left : ours) FolderFiles.delete(left);
    }
  }
}
