package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.io.Digest;

/// The Ed25519 key of one station or device: signs ledger events, `drive.json` and receipts. It
/// says which installation wrote something, never that a release is genuine.
public final class StationKey {
  private StationKey() {}

  /// Opens the key in this folder (`station.key`, `station.pub`), or makes one (mode 0600).
  public static StationKey openOrCreate(Path folder) throws IOException {
    throw new UnsupportedOperationException("key in " + folder);
  }

  public Digest fingerprint() {
    throw new UnsupportedOperationException();
  }

  /// SubjectPublicKeyInfo, DER.
  public byte[] publicKey() {
    throw new UnsupportedOperationException();
  }

  /// A raw Ed25519 signature (64 bytes, RFC 8032).
  public byte[] sign(byte[] message) {
    throw new UnsupportedOperationException();
  }

  /// True when the signature over the message is by the holder of the public key (SPKI DER).
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    throw new UnsupportedOperationException();
  }

  /// A DSSE envelope (secure-systems-lab/dsse v1) around the payload, with the key's fingerprint as
  /// keyid.
  public byte[] envelope(String payloadType, byte[] payload) {
    throw new UnsupportedOperationException();
  }
}
