package org.fieldlift.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.Source.Offer;

/// A release that a name may mean, in the store or at a source.
///
/// @param source that offers it; "" for the store
record Candidate<T>(
    T found,
    Digest id,
    String product,
    String label,
    String platform,
    long sequence,
    String source) {

  static Candidate<StoredRelease> of(StoredRelease stored) {
    Release release = stored.release();
    return new Candidate<>(
        stored,
        stored.signed().id(),
        release.product(),
        release.label(),
        release.platform(),
        release.sequence(),
        "");
  }

  static Candidate<Offered> of(Offered offered) {
    Offer offer = offered.offer();
    return new Candidate<>(
        offered,
        offer.id(),
        offer.product(),
        offer.label(),
        offer.platform(),
        offer.sequence(),
        offered.source().name());
  }

  /// Those that a name fits, newest first.
  static <T> List<Candidate<T>> fitting(String name, Stream<Candidate<T>> all) {
    ReleaseName wanted = ReleaseName.of(name);
    return all.filter(each -> wanted.fits(each.product, each.label, each.platform))
        .sorted(Comparator.comparingLong((Candidate<T> each) -> each.sequence).reversed())
        .toList();
  }

  static boolean areForOnePlatform(List<? extends Candidate<?>> fitting) {
    return fitting.stream().map(Candidate::platform).distinct().count() <= 1;
  }

  /// What is said of a name that fits releases for several platforms: which one is meant is for the
  /// person to say, for the newest of all may be one that their devices cannot take.
  static Problem ambiguous(String name, List<? extends Candidate<?>> newestFirst) {
    Set<String> listed = new HashSet<>();
    String list =
        newestFirst.stream()
            .filter(each -> listed.add(each.product() + " " + each.platform()))
            .map(Candidate::words)
            .collect(Collectors.joining(", "));
    String shown = PlainText.of(name);
    return Problem.usage(
        "\"" + shown + "\" is there for more than one platform: " + list + ".",
        "Say which, such as %s+%s, or give its id."
            .formatted(shown, Release.architecture(newestFirst.getFirst().platform())));
  }

  private String words() {
    return "%s (%s %s for %s%s)"
        .formatted(
            id.brief(),
            PlainText.of(product),
            PlainText.of(label),
            PlainText.of(platform),
            source.isEmpty() ? "" : ", at " + PlainText.of(source));
  }
}
