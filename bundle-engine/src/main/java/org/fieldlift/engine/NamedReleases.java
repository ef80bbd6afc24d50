package org.fieldlift.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.IdPrefix;
import org.fieldlift.store.ReleaseStore;

/// Finds the release a person means ([ReleaseName], or the beginning of an id) in the store or at
/// the sources. Where a name fits several versions, the newest is meant; where it fits several
/// platforms, none is.
///
/// @param sources asked for what they offered at the last look
record NamedReleases(ReleaseStore store, StationSources sources) {

  /// The release of the store, or nothing.
  ///
  /// @throws Problem of kind USAGE when the name fits several platforms
  Optional<StoredRelease> find(String release) throws IOException {
    Optional<StoredRelease> byId = storedById(release);
    if (byId.isPresent()) return byId;
    List<Candidate<StoredRelease>> fitting = storedByName(release);
    if (!Candidate.areForOnePlatform(fitting)) throw Candidate.ambiguous(release, fitting);
    return fitting.stream().findFirst().map(Candidate::found);
  }

  /// The release of the store.
  ///
  /// @throws Problem of kind USAGE when it is not there, or the name fits several platforms
  StoredRelease stored(String release) throws IOException {
    return find(release)
        .orElseThrow(() ->
            Problem.usage(
                "There is no release " + PlainText.of(release) + " on this station.",
                "Bring it with: fieldlift release fetch " + PlainText.of(release)));
  }

  /// The release of the store, when no other version has the name.
  ///
  /// @throws Problem of kind USAGE when it is not there, or the name fits several
  StoredRelease oneVersion(String release) throws IOException {
    StoredRelease newest = stored(release);
    if (storedById(release).isPresent()) return newest;
    List<String> labels = storedByName(release).stream().map(Candidate::label).distinct().toList();
    if (labels.size() == 1) return newest;
    String shown = PlainText.of(release);
    throw Problem.usage(
        "\"" + shown + "\" is here in several versions: " + String.join(", ", labels) + ".",
        "Say which, such as %s@%s, or give its id."
            .formatted(newest.release().product(), newest.release().label()));
  }

  /// The releases of the store that a name means for these machines: where it fits several
  /// platforms, the newest for each of theirs; the same one perhaps for several.
  ///
  /// @param machines platforms; "" for a machine of which nobody knows
  List<StoredRelease> stored(String release, Collection<String> machines) throws IOException {
    List<String> known = machines.stream().filter(each -> !each.isEmpty()).distinct().toList();
    List<Candidate<StoredRelease>> fitting =
        storedById(release).isPresent() ? List.of() : storedByName(release);
    if (known.isEmpty() || Candidate.areForOnePlatform(fitting)) return List.of(stored(release));
    List<StoredRelease> chosen = new ArrayList<>();
    for (String machine : known) {
      chosen.add(
          fitting.stream()
              .map(Candidate::found)
              .filter(stored -> stored.release().suits(machine))
              .findFirst()
              .orElseThrow(() -> notFor(machine, PlainText.of(release))));
    }
    return chosen;
  }

  /// The offers of the sources that fit, the best first: the newest, as far as they can be
  /// believed.
  ///
  /// @param unreachable sentences about sources that could not be asked, for the refusal
  /// @throws Problem of kind USAGE when no source has it or the name fits several platforms, FAILED
  ///   when not all sources could be asked
  List<Offered> offered(String release, List<String> unreachable) throws Problem {
    List<Candidate<Offered>> fitting = offeredById(release);
    if (fitting.isEmpty()) {
      fitting = Candidate.fitting(release, sources.offered().stream().map(Candidate::of));
      if (!Candidate.areForOnePlatform(fitting)) throw Candidate.ambiguous(release, fitting);
    }
    if (fitting.isEmpty()) throw nowhere(PlainText.of(release), unreachable);
    return fitting.stream().map(Candidate::found).toList();
  }

  private Optional<StoredRelease> storedById(String release) throws IOException {
    return ReleaseName.looksLikeId(release) ? store.find(release) : Optional.empty();
  }

  private List<Candidate<StoredRelease>> storedByName(String release) throws IOException {
    return Candidate.fitting(release, store.list().stream().map(Candidate::of));
  }

  /// All are the same release, of one source or another.
  private List<Candidate<Offered>> offeredById(String release) throws Problem {
    if (!ReleaseName.looksLikeId(release)) return List.of();
    IdPrefix prefix = IdPrefix.of(release);
    List<Candidate<Offered>> fitting =
        sources.offered().stream()
            .map(Candidate::of)
            .filter(each -> prefix.fits(each.id()))
            .toList();
    if (fitting.stream().map(Candidate::id).distinct().count() > 1) throw prefix.ambiguous();
    return fitting;
  }

  private static Problem notFor(String machine, String release) {
    return Problem.usage(
        "There is no release %s for %s on this station.".formatted(release, machine),
        "Bring it with: fieldlift release fetch %s+%s"
            .formatted(release, Release.architecture(machine)));
  }

  static void requireNoAddress(String release) throws Problem {
    if (!release.contains("://")) return;
    throw Problem.usage(
        ShownAddress.of(release) + " is a web address, and no release's name.",
        "Add the folder there as a source with: fieldlift source add NAME ADDRESS; then see what it"
            + " has with: fieldlift release list --look");
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
