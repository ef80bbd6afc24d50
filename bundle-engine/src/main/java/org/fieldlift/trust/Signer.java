package org.fieldlift.trust;

import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;

/// Who signed.
public sealed interface Signer {
  /// For people, within a sentence; foreign text in it is made plain.
  String words();

  /// An identity that a certificate authority vouched for when the signature was made.
  ///
  /// @param issuer the OpenID Connect issuer's URL
  /// @param identity e-mail address or workflow URL
  record Keyless(String issuer, String identity) implements Signer {
    @Override
    public String words() {
      return PlainText.of(identity) + " (known to " + PlainText.of(issuer) + ")";
    }
  }

  /// The holder of a key.
  ///
  /// @param fingerprint SHA-256 of the public key (SubjectPublicKeyInfo, DER)
  /// @param name what the policy or the person calls it
  record Key(Digest fingerprint, String name) implements Signer {
    @Override
    public String words() {
      return "key " + PlainText.of(name) + " (" + fingerprint.brief() + ")";
    }
  }
}
