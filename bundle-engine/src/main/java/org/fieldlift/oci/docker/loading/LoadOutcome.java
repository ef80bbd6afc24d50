package org.fieldlift.oci.docker.loading;

import java.util.List;
import org.fieldlift.oci.Image;

/// How loading ended, when nothing went wrong.
public sealed interface LoadOutcome {
  /// The daemon finds every image by exactly the words of its reference; it was asked.
  record Loaded(List<Image> loaded, List<Image> there) implements LoadOutcome {}

  /// The daemon has the images by tag.
  ///
  /// @param lost those of the loaded it does not find by the words of their reference, for these
  ///   have a digest
  record ByTag(List<Image> loaded, List<Image> there, List<Image> lost) implements LoadOutcome {
    public ByTag {
      if (!loaded.containsAll(lost)) throw new IllegalArgumentException("lost but never loaded");
    }
  }

  /// Nothing was done: these registries can be reached from here, and while images load, every
  /// program on this machine would reach us in their place. Say so when that is all right.
  record Reachable(List<String> registries) implements LoadOutcome {}

  /// Nothing was done, as told.
  record NotLoaded(List<Image> missing, List<Image> there) implements LoadOutcome {}
}
