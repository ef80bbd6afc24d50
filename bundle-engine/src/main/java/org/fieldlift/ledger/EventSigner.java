package org.fieldlift.ledger;

/// Signs a station's events (Ed25519); the engine hands in the station's key.
public interface EventSigner {
  /// SubjectPublicKeyInfo, DER.
  byte[] publicKey();

  byte[] sign(byte[] message);
}
