package org.fieldlift.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Digest;

/// The fold of all events: what is true now, as far as we know.
///
/// @param conflicts things two stations disagree about, one sentence each
public record State(
    Map<String, Device> devices,
    Map<Digest, KnownRelease> releases,
    Map<String, Drive> drives,
    List<Delivery> deliveries,
    List<String> conflicts) {

  public record Device(String id, String name, String site, String platform, String keeper) {}

  public record KnownRelease(
      Digest id, String product, String version, String platform, long sequence, String verdict) {}

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

  /// The answer to "which devices received which version": each device with its newest delivery
  /// that was not lost, refused, failed or superseded.
  public List<ManifestRow> manifest() {
    throw new UnsupportedOperationException();
  }

  /// @param has what it holds as far as we know; empty when nothing was ever delivered
  public record ManifestRow(
      Device device, Optional<KnownRelease> has, Optional<Delivery> delivery) {}
}
