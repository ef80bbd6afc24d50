package org.fieldlift.engine;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.ReleaseStore;

/// Finds the release a person means ([ReleaseName], or the beginning of an id) in the store or at
/// the sources. Where a name fits several, the newest is meant.
///
/// @param sources asked for what they offered at the last look
record NamedReleases(ReleaseStore store, StationSources sources) {

  /// The release of the store, or nothing.
  Optional<StoredRelease> find(String release) throws IOException {
    if (ReleaseName.looksLikeId(release)) {
      Optional<StoredRelease> byId = store.find(release);
      if (byId.isPresent()) return byId;
    }
    ReleaseName name = ReleaseName.of(release);
    return store.list().stream()
        .filter(stored -> name.fits(stored.release().product(), stored.release().label()))
        .max(Comparator.comparingLong(stored -> stored.release().sequence()));
  }

  /// The release of the store.
  ///
  /// @throws Problem of kind USAGE when it is not there
  StoredRelease stored(String release) throws IOException {
    return find(release)
        .orElseThrow(() ->
            Problem.usage(
                "There is no release " + PlainText.of(release) + " on this station.",
                "Bring it with: fieldlift release fetch " + PlainText.of(release)));
  }

  /// The offer of a source.
  ///
  /// @param unreachable sentences about sources that could not be asked, for the refusal
  /// @throws Problem of kind USAGE when no source has it
  Offered offered(String release, List<String> unreachable) throws Problem {
    ReleaseName name = ReleaseName.of(release);
    return sources.offered().stream()
        .filter(each ->
            each.offer().id().hex().startsWith(release)
                || name.fits(each.offer().product(), each.offer().label()))
        .max(Comparator.comparingLong(each -> each.offer().sequence()))
        .orElseThrow(() ->
            Problem.usage(
                "No source has a release " + PlainText.of(release) + ".",
                unreachable.isEmpty()
                    ? "See what there is with: fieldlift release list --look"
                    : String.join(" ", unreachable)));
  }
}
