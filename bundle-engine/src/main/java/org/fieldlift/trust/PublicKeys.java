package org.fieldlift.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Public keys from their encoded forms.
final class PublicKeys {
  static final String PEM_TYPE = "PUBLIC KEY";

  /// Object identifier of a key's algorithm (RFC 5480, 8017, 8410) → Java's name for it.
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "1.2.840.10045.2.1", "EC",
          "1.2.840.113549.1.1.1", "RSA",
          "1.3.101.112", "Ed25519");

  private PublicKeys() {}

  /// A key in PEM, as `cosign generate-key-pair` writes it.
  static PublicKey fromPem(byte[] text) throws NotGenuine {
    Optional<Pem> pem = Pem.read(text).filter(block -> block.type().equals(PEM_TYPE));
    if (pem.isEmpty()) throw new NotGenuine("This is not a public key in PEM form.");
    return fromDer(pem.get().der());
  }

  /// A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
  static PublicKey fromDer(byte[] spki) throws NotGenuine {
    try {
      String oid = SubjectPublicKeyInfo.getInstance(spki).getAlgorithm().getAlgorithm().getId();
      String algorithm = ALGORITHMS.get(oid);
      if (algorithm == null) {
        throw new NotGenuine("Keys must be ECDSA P-256 or P-384, RSA or Ed25519.");
      }
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new NotGenuine("The public key cannot be read.", e);
    }
  }
}
