package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What imports keep in the stage store while they run, under names that Forklift ignores:
/// `.import-<uuid>`, and `.import-<uuid>.to-<N>` from the moment a bundle is to become number N.
///
/// The second name tells a later run that an empty directory N is ours, too.
final class Leftovers {
  static final String PREFIX = ".import-";
  private static final Pattern CLAIMED = Pattern.compile(".*\\.to-([1-9][0-9]{0,9})");

  private Leftovers() {}

  static Path fresh(Path store) {
    return store.resolve(PREFIX + UUID.randomUUID());
  }

  static Path claiming(Path staging, int number) {
    String name = staging.getFileName().toString().replaceFirst("\\.to-[0-9]+$", "");
    return staging.resolveSibling(name + ".to-" + number);
  }

  /// Removes everything that dead imports left. Nobody else may be importing.
  static void remove(Path store) throws IOException {
    try (var ours = Files.newDirectoryStream(store, PREFIX + "*")) {
      for (Path left : ours) remove(store, left);
    }
  }

  private static void remove(Path store, Path left) throws IOException {
    Matcher claimed = CLAIMED.matcher(left.getFileName().toString());
    if (claimed.matches()) {
      try {
        Files.deleteIfExists(store.resolve(claimed.group(1)));
      } catch (DirectoryNotEmptyException somebodyElseHasTheNumber) {
        // Then it is that one's bundle.
      }
    }
    discard(left);
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
