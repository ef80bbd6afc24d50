package org.fieldlift.trust;

import dev.sigstore.timestamp.client.ImmutableTimestampResponse;
import dev.sigstore.timestamp.client.TimestampException;
import dev.sigstore.timestamp.client.TimestampVerificationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Times that a timestamp authority has signed (RFC 3161). Without any, do not ask: this class
/// waits for BouncyCastle to load.
final class Timestamps {
  private Timestamps() {}

  /// Checks every timestamp of a bundle against the authorities of the trusted root; one that does
  /// not hold spoils all.
  static List<Instant> check(List<byte[]> timestamps, byte[] signature, RootOfTrust root)
      throws NotGenuine {
    List<Instant> times = new ArrayList<>();
    for (byte[] der : timestamps) {
      try {
        var response = ImmutableTimestampResponse.builder().encoded(der).build();
        root.timestamps().verify(response, signature);
        times.add(response.getGenTime().toInstant());
      } catch (TimestampVerificationException | TimestampException e) {
        throw new NotGenuine("Its timestamp does not hold.", e);
      }
    }
    return times;
  }
}
