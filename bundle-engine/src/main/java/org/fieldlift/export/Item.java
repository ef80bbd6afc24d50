package org.fieldlift.export;

import java.nio.file.Path;
import java.util.Optional;

/// One thing a bundle needs beside itself, so that it can be staged and run where there is no
/// network.
///
/// @param name as people know it: a path, an address without credentials, an image's reference
/// @param place where it goes in the archive
/// @param found where it is on this computer; empty when it has to be fetched
public record Item(Kind kind, String name, String place, Optional<Path> found) {

  /// What sort of thing it is.
  public enum Kind {
    /// The git repository of a pallet, or of a repository of packages.
    MIRROR,
    /// A required pallet, checked out.
    PALLET,
    /// A required repository of packages, checked out.
    REPOSITORY,
    /// A file that the bundle exports, from a web server.
    FILE,
    /// The files of an image that the bundle exports, as one tar.
    IMAGE_FILES,
    /// A container image that runs.
    IMAGE
  }

  /// Whether Fieldlift fetches it. Git's things are Forklift's to fetch: it knows how it merges
  /// them.
  boolean isFetched() {
    return switch (kind) {
      case FILE, IMAGE_FILES, IMAGE -> true;
      case MIRROR, PALLET, REPOSITORY -> false;
    };
  }

  Item at(Path file) {
    return new Item(kind, name, place, Optional.of(file));
  }
}
