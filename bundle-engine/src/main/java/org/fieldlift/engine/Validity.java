package org.fieldlift.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;

/// How long a release is still good for. Its signature stays genuine after its end, but devices
/// refuse it, so a drive with it would travel for nothing.
///
/// @param now by the station's clock
record Validity(Release release, Instant now) {
  /// A drive may well be that long on its way.
  private static final Duration SOON = Duration.ofDays(30);

  /// When it ended; empty while it has not.
  Optional<Instant> expiredSince() {
    return Optional.ofNullable(release.validUntil()).filter(now::isAfter);
  }

  /// A sentence, when it has ended or soon will.
  Optional<String> remark() {
    Instant end = release.validUntil();
    if (end == null || end.isAfter(now.plus(SOON))) return Optional.empty();
    if (now.isAfter(end)) return Optional.of(expired(end));
    long days = Duration.between(now, end).toDays();
    return Optional.of(
        "%s is valid until %s, %s from now; after that devices refuse it."
            .formatted(
                name(), end, days == 0 ? "less than a day" : days == 1 ? "a day" : days + " days"));
  }

  /// @throws Problem of kind USAGE when it has ended, unless the person said why all the same
  void require(PlanOrder order) throws Problem {
    Optional<Instant> end = expiredSince();
    if (end.isEmpty() || (order.allowOlder() && !order.reason().isBlank())) return;
    throw Problem.usage(
        expired(end.get()),
        "Fetch a newer one; to write it all the same, say why with: --allow-older \"reason\".");
  }

  private String expired(Instant end) {
    return "%s has been expired since %s; devices refuse it.".formatted(name(), end);
  }

  private String name() {
    return PlainText.of(release.product() + " " + release.label());
  }
}
