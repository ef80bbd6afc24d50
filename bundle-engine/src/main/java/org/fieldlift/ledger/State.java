package org.fieldlift.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact.DeliveryState;

/// The fold of all events: what is true now, as far as we know.
///
/// It depends on the events alone, not on the order in which stations exchanged them.
///
/// @param devices by id
/// @param releases by the digest of their `release.json`
/// @param drives by code, as last written
/// @param deliveries in the order in which they were planned
/// @param conflicts things two stations disagree about, and facts about things nobody here knows;
///   one sentence each, fit to be shown
public record State(
    Map<String, Device> devices,
    Map<Digest, KnownRelease> releases,
    Map<String, Drive> drives,
    List<Delivery> deliveries,
    List<String> conflicts) {

  /// A device as it was added, standing where it was last assigned.
  public record Device(String id, String name, String site, String platform, String keeper) {}

  /// A release that some station admitted.
  ///
  /// @param product empty, like version and platform, when no station here admitted the release
  public record KnownRelease(
      Digest id, String product, String version, String platform, long sequence, String verdict) {}

  /// A drive that was written.
  ///
  /// @param written when it was last written and found right
  public record Drive(
      String code,
      String set,
      int number,
      int of,
      long size,
      Instant written,
      List<Digest> releases,
      List<String> devices) {}

  /// A release on its way to a device.
  ///
  /// @param since when it came into its state
  public record Delivery(
      String id,
      String device,
      Digest release,
      String set,
      DeliveryState state,
      Fact.Sureness sureness,
      Instant since,
      String why) {

    /// Whether such a word changes the state. The way leads forward and out; back along it only on
    /// at least as sure a word (a late click on "issued" does not undo what a receipt proved). From
    /// a side exit anything may follow: a lost drive turns up. What has arrived can no longer be
    /// lost.
    public boolean heeds(DeliveryState next, Fact.Sureness how) {
      if (next == DeliveryState.LOST
          && (state == DeliveryState.IMPORTED || state == DeliveryState.RUNNING)) {
        return false;
      }
      boolean isBack = !next.isSideExit() && next.compareTo(state) < 0;
      boolean isRepeated = next == state;
      return !((isBack && !state.isSideExit()) || isRepeated) || how.compareTo(sureness) >= 0;
    }
  }

  /// The answer to "which devices received which version": a row for each device, by id.
  public List<ManifestRow> manifest() {
    return devices.values().stream()
        .sorted(Comparator.comparing(Device::id))
        .map(device -> new ManifestRow(device, held(device), newest(device, _ -> true)))
        .toList();
  }

  /// What one device has and what is on its way to it.
  ///
  /// @param has the release of its newest delivery that was issued, imported or is running: what it
  ///   holds as far as we know. A drive that is planned, written or verified but still here gives
  ///   the device nothing. Empty when nothing was ever delivered
  /// @param delivery its newest delivery (by `since`) that did not leave by a side exit, in
  ///   whatever state: what `has` came with, or something newer on its way
  public record ManifestRow(
      Device device, Optional<KnownRelease> has, Optional<Delivery> delivery) {}

  private Optional<KnownRelease> held(Device device) {
    return newest(device, delivery -> delivery.state().compareTo(DeliveryState.ISSUED) >= 0)
        .map(delivery -> releases.getOrDefault(delivery.release(), unknown(delivery.release())));
  }

  /// A device can hold a release that was admitted by a station whose events are not here.
  private static KnownRelease unknown(Digest release) {
    return new KnownRelease(release, "", "", "", 0, "");
  }

  private Optional<Delivery> newest(Device device, Predicate<Delivery> which) {
    return deliveries.stream()
        .filter(delivery -> delivery.device().equals(device.id()))
        .filter(delivery -> !delivery.state().isSideExit())
        .filter(which)
        .max(Comparator.comparing(Delivery::since).thenComparing(Delivery::id));
  }
}
