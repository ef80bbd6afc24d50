package org.fieldlift.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.fieldlift.io.Digest;

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
      Fact.DeliveryState state,
      Fact.Sureness sureness,
      Instant since,
      String why) {}

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
    return newest(device, delivery -> delivery.state().compareTo(Fact.DeliveryState.ISSUED) >= 0)
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
