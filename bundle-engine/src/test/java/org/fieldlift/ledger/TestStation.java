package org.fieldlift.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.fieldlift.io.Digest;

/// A station with a real key.
record TestStation(byte[] publicKey, PrivateKey key) implements EventSigner {
  static TestStation create() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new TestStation(pair.getPublic().getEncoded(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// The same station in another process.
  static TestStation fromText(String text) throws GeneralSecurityException {
    String[] keys = text.split(":", -1);
    return new TestStation(
        Base64.getDecoder().decode(keys[0]),
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(keys[1]))));
  }

  String text() {
    Base64.Encoder encoder = Base64.getEncoder();
    return encoder.encodeToString(publicKey) + ":" + encoder.encodeToString(key.getEncoded());
  }

  Digest id() {
    return Digest.of(publicKey);
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
