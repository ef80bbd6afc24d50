package org.fieldlift.field;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.fieldlift.field.DeviceState.Accepted;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.io.PlainText;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Decides whether a genuine release is one for this device, now: kind, platform, sequence,
/// validity, in this order.
///
/// @param platform what this device is (`linux/arm64`)
record Gate(DeviceState device, String platform, Clock clock) {
  private static final String ANY_PLATFORM = "any";

  /// Why the release must not come in; nothing when it may.
  Optional<Refused> refusal(Release release, Verdict.Genuine verdict) throws IOException {
    Optional<Refused> refusal = wrongMachine(release, verdict);
    if (refusal.isEmpty()) refusal = older(release, verdict);
    if (refusal.isEmpty()) refusal = expired(release, verdict);
    return refusal;
  }

  /// What a release is called in a sentence.
  static String name(Release release) {
    return PlainText.of(release.product() + " " + release.label());
  }

  private Optional<Refused> wrongMachine(Release release, Verdict verdict) {
    if (release.kind() != Release.Kind.FORKLIFT_BUNDLE) {
      return refused(
          Refusal.WRONG_KIND,
          verdict,
          name(release) + " is a single file, not a Forklift bundle.",
          "Forklift cannot take it; use the program it is made for.");
    }
    if (release.platform().equals(platform) || release.platform().equals(ANY_PLATFORM)) {
      return Optional.empty();
    }
    return refused(
        Refusal.WRONG_PLATFORM,
        verdict,
        name(release)
            + " is for "
            + PlainText.of(release.platform())
            + " machines, but this device is "
            + platform
            + ".",
        "Ask for the release for " + platform + ".");
  }

  /// Stops a rollback: an old release with a known hole is as well signed as a new one.
  private Optional<Refused> older(Release release, Verdict verdict) throws IOException {
    Optional<Accepted> newest = device.accepted(release.product());
    if (newest.isEmpty() || release.sequence() >= newest.get().sequence()) return Optional.empty();
    return refused(
        Refusal.OLDER,
        verdict,
        name(release)
            + " is older than "
            + PlainText.of(newest.get().label())
            + ", which this device has already.",
        "Nothing needs to be done; \"forklift stage set-next --cache-img=false rollback\" goes back"
            + " to the bundle before this one.");
  }

  /// Stops a release that was kept back until its end. The clock of a device without internet may
  /// have stopped or been set back, but it is at least as late as any signature it has seen.
  private Optional<Refused> expired(Release release, Verdict.Genuine verdict) throws IOException {
    Instant end = release.validUntil();
    if (end == null) return Optional.empty();
    Instant clockSays = clock.instant();
    if (clockSays.isAfter(end)) {
      return refused(
          Refusal.EXPIRED,
          verdict,
          "%s was valid until %s; by this device's clock it is %s."
              .formatted(name(release), end, clockSays),
          "See whether the device's clock is right; if it is, ask for a newer release.");
    }
    Instant seen = later(device.latestTime().orElse(null), verdict.signedAt());
    if (seen == null || !seen.isAfter(end)) return Optional.empty();
    return refused(
        Refusal.EXPIRED,
        verdict,
        "%s was valid until %s; a release signed at %s was here before."
            .formatted(name(release), end, seen),
        "Ask for a newer release.");
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null) return other;
    return other == null || one.isAfter(other) ? one : other;
  }

  private static Optional<Refused> refused(
      Refusal refusal, Verdict verdict, String why, String next) {
    return Optional.of(new Refused(refusal, verdict, why, next));
  }
}
