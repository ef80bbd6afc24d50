package org.fieldlift.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/// Checks Ed25519 signatures (RFC 8032) with what every Java brings along.
final class Ed25519 {
  /// Length in bytes of a public key as SubjectPublicKeyInfo (RFC 8410).
  static final int KEY_LENGTH = 44;

  /// Length in bytes of a signature.
  static final int SIGNATURE_LENGTH = 64;

  private Ed25519() {}

  /// True when the holder of the public key (SubjectPublicKeyInfo, DER) signed the message. A key
  /// or signature that makes no sense proves nothing and is simply false.
  static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
