package org.fieldlift.ledger;

import java.time.Instant;
import java.util.UUID;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// One link of a station's chain.
///
/// @param id UUID version 7
/// @param station SHA-256 of the station's public key
/// @param previous digest of the station's event before this one; null for its first
/// @param signature Ed25519 over the event's canonical JSON without the signature
public record Event(
    UUID id,
    Digest station,
    Instant time,
    @Nullable Digest previous,
    Fact fact,
    byte[] signature) {}
