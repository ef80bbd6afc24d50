package org.fieldlift.archive;

import java.nio.file.Path;
import java.util.Optional;

/// Parts that were made before and need not be made again: whoever packs a file whose digest is
/// known beforehand asks here first.
@FunctionalInterface
public interface EarlierParts {
  /// When everything is made anew.
  EarlierParts NONE = entry -> Optional.empty();

  /// The part that holds exactly this entry.
  ///
  /// @param entry a file that is a part of its own, with its digest
  Optional<Made> holding(Entry entry);

  /// @param file holds the part, and is of its size
  record Made(Part part, Path file) {}
}
