package org.fieldlift.forklift;

import java.nio.file.Path;
import java.util.List;

/// A numbered bundle directory of a stage store.
///
/// @param names what it may be called instead of its number: `next`, `current`, `rollback`,
///   `pending` as far as they hold, then the user's names
public record StagedBundle(int index, Path folder, List<String> names) {
  public StagedBundle {
    names = List.copyOf(names);
  }
}
