package org.fieldlift.engine;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.IdPrefix;
import org.fieldlift.store.ReleaseStore;

/// Finds the release a person means ([ReleaseName], or the beginning of an id) in the store or at
/// the sources. Where a name fits several, the newest is meant.
///
/// @param sources asked for what they offered at the last look
record NamedReleases(ReleaseStore store, StationSources sources) {
  private static final Comparator<Offered> NEWEST_FIRST =
      Comparator.comparingLong((Offered each) -> each.offer().sequence()).reversed();

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

  /// The offers of the sources that fit, the best first: the newest, as far as they can be
  /// believed.
  ///
  /// @param unreachable sentences about sources that could not be asked, for the refusal
  /// @throws Problem of kind USAGE when no source has it, FAILED when not all could be asked
  List<Offered> offered(String release, List<String> unreachable) throws Problem {
    List<Offered> fitting = offeredById(release);
    if (fitting.isEmpty()) {
      ReleaseName name = ReleaseName.of(release);
      fitting =
          sources.offered().stream()
              .filter(each -> name.fits(each.offer().product(), each.offer().label()))
              .sorted(NEWEST_FIRST)
              .toList();
    }
    if (fitting.isEmpty()) throw nowhere(PlainText.of(release), unreachable);
    return fitting;
  }

  private List<Offered> offeredById(String release) throws Problem {
    if (!ReleaseName.looksLikeId(release)) return List.of();
    IdPrefix prefix = IdPrefix.of(release);
    List<Offered> fitting =
        sources.offered().stream().filter(each -> prefix.fits(each.offer().id())).toList();
    if (fitting.stream().map(each -> each.offer().id()).distinct().count() > 1) {
      throw prefix.ambiguous();
    }
    return fitting;
  }

  /// A source that could not be asked may have it.
  private static Problem nowhere(String release, List<String> unreachable) {
    return unreachable.isEmpty()
        ? Problem.usage(
            "No source has a release " + release + ".",
            "See what there is with: fieldlift release list --look")
        : Problem.failed(
            "No source that could be asked has a release " + release + ".",
            String.join(" ", unreachable));
  }
}
