package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.io.Digest;

/// A private key that signs releases, as cosign keeps it: an encrypted PEM file beside the public
/// key.
public final class SigningKey {
  private SigningKey() {}

  /// Makes a new ECDSA P-256 key pair: `<base>.key` (encrypted, mode 0600) and `<base>.pub`.
  /// Refuses to overwrite.
  public static SigningKey generate(Path base, char[] password) throws IOException {
    throw new UnsupportedOperationException("generate " + base + password.length);
  }

  /// Opens a cosign key file, or a plain PKCS#8 PEM (ECDSA P-256/P-384, RSA, Ed25519).
  public static SigningKey open(Path file, char[] password) throws IOException {
    throw new UnsupportedOperationException("open " + file + password.length);
  }

  /// SHA-256 of the public key (SubjectPublicKeyInfo, DER).
  public Digest fingerprint() {
    throw new UnsupportedOperationException();
  }

  /// The public key as PEM.
  public String publicPem() {
    throw new UnsupportedOperationException();
  }

  /// Signs bytes; yields a sigstore bundle (v0.3, message signature, public-key hint) as cosign
  /// writes it with `sign-blob --key … --bundle …`.
  public byte[] signBundle(byte[] content) {
    throw new UnsupportedOperationException();
  }
}
