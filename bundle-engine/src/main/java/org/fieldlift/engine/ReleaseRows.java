package org.fieldlift.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.Digest;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.trust.Verdict;

/// One line for a release, wherever it is.
final class ReleaseRows {
  static final Comparator<Row> BY_PRODUCT_NEWEST_FIRST =
      Comparator.comparing(Row::product)
          .thenComparing(Row::sequence, Comparator.reverseOrder())
          .thenComparing(Row::platform)
          .thenComparing(Row::id);

  private ReleaseRows() {}

  static Row of(StoredRelease stored, Verdict verdict, Instant now) {
    return row(
        stored.signed().id(),
        new Validity(stored.release(), now),
        stored.parts().size(),
        verdict,
        Where.HERE);
  }

  /// A release that came as a file, or lies on drives.
  static Row of(OpenRelease open, Verdict verdict, Instant now) throws IOException {
    return row(
        open.signed().id(),
        new Validity(open.signed().release(), now),
        open.archiveSize(),
        verdict,
        Where.AT_SOURCE);
  }

  /// An offer, of which nobody has seen the signature yet.
  static Row of(Offered offered) {
    Offer offer = offered.offer();
    return new Row(
        offer.id(),
        offer.product(),
        offer.label(),
        offer.platform(),
        offer.sequence(),
        offer.size(),
        offer.createdAt(),
        Optional.empty(),
        Optional.empty(),
        Where.AT_SOURCE,
        offered.source().name());
  }

  private static Row row(Digest id, Validity validity, long size, Verdict verdict, Where where) {
    Release release = validity.release();
    return new Row(
        id,
        release.product(),
        release.label(),
        release.platform(),
        release.sequence(),
        size,
        release.createdAt(),
        Optional.of(verdict),
        validity.expiredSince(),
        where,
        "");
  }
}
