package org.fieldlift.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Ids of events: UUID version 7 (RFC 9562, 5.7), 48 bits of milliseconds and 74 random bits.
///
/// The milliseconds are those of the event's own time. That time rises strictly along a chain, so
/// the ids do too, whatever the computer's clock does and however many processes append.
final class EventId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private EventId() {}

  /// A new id for an event of this time.
  static UUID at(Instant time) {
    long high = time.toEpochMilli() << 16 | 0x7000 | RANDOM.nextInt(1 << 12);
    long low = 0x8000_0000_0000_0000L | RANDOM.nextLong() >>> 2;
    return new UUID(high, low);
  }

  /// True when the id is one that [#at] could give for this time.
  static boolean fits(UUID id, Instant time) {
    return id.version() == 7
        && id.variant() == 2
        && id.getMostSignificantBits() >>> 16 == time.toEpochMilli();
  }
}
