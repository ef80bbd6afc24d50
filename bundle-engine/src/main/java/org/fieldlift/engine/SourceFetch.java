package org.fieldlift.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.store.ReleaseStore;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Brings one release from the sources that offer it. An offer is hearsay until the signed bytes
/// were judged and say the same, so one that fails gives way to the next. Once a release is known
/// to be genuine, no other one is brought in its place: only another source of the same is asked.
final class SourceFetch {
  /// How many offers of one source may fail before it is asked no more; a list may hold thousands.
  private static final int MOST_FAILED = 3;

  /// Whether signed bytes are genuine.
  @FunctionalInterface
  interface Judge {
    /// @throws Problem of kind NOT_GENUINE when they are not
    Verdict require(SignedRelease signed) throws IOException;
  }

  /// @param passedOver sentences about offers that failed before
  record Brought(StoredRelease release, Verdict verdict, List<String> passedOver) {}

  /// @param meant true when this is the release that was asked for, beyond doubt
  private record Failure(Offered offered, IOException cause, boolean meant) {}

  private final ReleaseStore store;
  private final Judge judge;
  private final List<Failure> failures = new ArrayList<>();
  private @Nullable Digest genuine;

  SourceFetch(ReleaseStore store, Judge judge) {
    this.store = store;
    this.judge = judge;
  }

  /// @param offers the best first; at least one
  /// @throws IOException what the release that was meant, or else the best offer, failed of
  Brought run(List<Offered> offers, Progress progress, Cancellation cancellation)
      throws IOException {
    for (Offered offered : offers) {
      if (isGivenUp(offered)) continue;
      try {
        return bring(offered, progress, cancellation);
      } catch (Cancellation.Cancelled stop) {
        throw stop;
      } catch (IOException e) {
        failures.add(new Failure(offered, e, offered.offer().id().equals(genuine)));
      }
    }
    throw failure();
  }

  private Brought bring(Offered offered, Progress progress, Cancellation cancellation)
      throws IOException {
    Offer offer = offered.offer();
    SignedRelease signed = offered.source().head(offer, cancellation);
    Verdict verdict = judge.require(signed);
    requireSame(offered, signed);
    genuine = signed.id();
    StoredRelease stored = offered.source().fetch(offer, signed, store, progress, cancellation);
    return new Brought(stored, verdict, failures.stream().map(SourceFetch::words).toList());
  }

  private boolean isGivenUp(Offered offered) {
    if (genuine != null && !genuine.equals(offered.offer().id())) return true;
    String source = offered.source().name();
    return failures.stream().filter(failed -> failed.offered.source().name().equals(source)).count()
        >= MOST_FAILED;
  }

  private static void requireSame(Offered offered, SignedRelease signed) throws IOException {
    Offer offer = offered.offer();
    String difference = offer.difference(signed.release());
    if (difference.isEmpty()) return;
    throw Problem.notGenuine(
        "Source %s lists %s as %s %s for %s, but its %s."
            .formatted(
                PlainText.of(offered.source().name()),
                PlainText.of(offer.path()),
                PlainText.of(offer.product()),
                PlainText.of(offer.label()),
                PlainText.of(offer.platform()),
                PlainText.of(difference)),
        "It was not taken; tell whoever runs this source to make its index.json anew.");
  }

  private IOException failure() {
    Failure first = failures.getFirst();
    Failure told = failures.stream().filter(Failure::meant).findFirst().orElse(first);
    if (failures.size() == 1 || !(told.cause instanceof Problem problem)) return told.cause;
    return new Problem(
        problem.kind(),
        String.join(" ", failures.stream().map(SourceFetch::words).toList()),
        problem.next(),
        problem);
  }

  private static String words(Failure failure) {
    Offer offer = failure.offered.offer();
    return "%s %s of source %s was passed over: %s"
        .formatted(
            PlainText.of(offer.product()),
            PlainText.of(offer.label()),
            PlainText.of(failure.offered.source().name()),
            failure.cause instanceof Problem problem
                ? problem.what()
                : PlainText.of(String.valueOf(failure.cause.getMessage())) + ".");
  }
}
