package org.fieldlift.trust;

import java.security.PublicKey;
import org.fieldlift.io.Digest;

/// A public key that somebody has decided to trust.
///
/// @param name what the person or policy calls it
record TrustedKey(String name, PublicKey key) {
  static TrustedKey fromPem(String name, byte[] pem) throws NotGenuine {
    return new TrustedKey(name, PublicKeys.fromPem(pem));
  }

  /// SubjectPublicKeyInfo.
  byte[] der() {
    return key.getEncoded();
  }

  Signer.Key signer() {
    return new Signer.Key(Digest.of(der()), name);
  }
}
