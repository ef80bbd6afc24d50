package org.fieldlift.field;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;

/// Takes a release into a device's stage store: everything is checked before anything is believed,
/// and nothing is half done.
///
/// Killed at any moment, the same import run again finishes the job: what was not published is
/// removed and unpacked anew; what was published is recognised by its content, made next and
/// remembered.
public final class BundleImport {
  private final TrustStore trust;
  private final StageStore store;
  private final DeviceState device;
  private final Gate gate;
  private final DeviceImages images;
  private final Room room;

  /// @param platform what this device is (`linux/arm64`)
  /// @param images how container images get into its Docker
  public BundleImport(
      TrustStore trust,
      StageStore store,
      DeviceState device,
      String platform,
      DeviceImages images) {
    this(trust, store, device, platform, images, Clock.systemUTC(), Room.OF_THE_FILE_SYSTEM);
  }

  BundleImport(
      TrustStore trust,
      StageStore store,
      DeviceState device,
      String platform,
      DeviceImages images,
      Clock clock,
      Room room) {
    this.trust = trust;
    this.store = store;
    this.device = device;
    this.gate = new Gate(device, platform, clock);
    this.images = images;
    this.room = room;
  }

  /// Imports one release; the caller closes it.
  ///
  /// @param setNext makes the bundle the next to be applied
  /// @param caches what becomes of the caches it brings
  /// @throws org.fieldlift.io.Problem when the device itself is at fault, not the release
  public ImportResult run(
      OpenRelease release,
      boolean setNext,
      CachesKept caches,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Verdict verdict = release.signed().judge(trust);
    if (!(verdict instanceof Verdict.Genuine genuine)) return notGenuine(verdict);
    Optional<Closeable> claim = store.claim();
    if (claim.isEmpty()) {
      return new Refused(
          Refusal.STORE_BUSY,
          verdict,
          "Another import into " + store.folder() + " is running.",
          "Wait until it has ended, then import again.");
    }
    try (Closeable _ = claim.get()) {
      return new Intake(arrival(release, genuine), device)
          .run(setNext, caches, progress, cancellation);
    }
  }

  /// Reads all of a release and says what importing it would do.
  public Foreseen foresee(
      OpenRelease release,
      boolean setNext,
      CachesKept caches,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Verdict verdict = release.signed().judge(trust);
    if (!(verdict instanceof Verdict.Genuine genuine)) {
      return new Foreseen.Refused(notGenuine(verdict));
    }
    return new Foresight(arrival(release, genuine)).of(setNext, caches, progress, cancellation);
  }

  private Arrival arrival(OpenRelease source, Verdict.Genuine genuine) throws IOException {
    return new Arrival(store, gate, room, images, source, source.signed().release(), genuine);
  }

  static Refused notGenuine(Verdict verdict) {
    return new Refused(Refusal.NOT_GENUINE, verdict, verdict.words(), nextAfter(verdict));
  }

  private static String nextAfter(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Genuine genuine -> "";
      case Verdict.Unsigned unsigned -> "Do not use it; ask its maker for a signed release.";
      case Verdict.NotAllowed notAllowed ->
          "Do not use it; if this signer is right after all, the device needs a rule that says so.";
      case Verdict.Broken broken -> "Do not use it; ask where it came from.";
    };
  }
}
