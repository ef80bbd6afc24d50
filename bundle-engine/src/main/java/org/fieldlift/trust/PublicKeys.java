package org.fieldlift.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/// Public keys from their encoded forms.
final class PublicKeys {
  static final String PEM_TYPE = "PUBLIC KEY";

  /// Java's names for the kinds that are accepted (RFC 5480, 8017, 8410). Java reads the kind from
  /// the key itself and refuses another.
  private static final List<String> ALGORITHMS = List.of("EC", "Ed25519", "RSA");

  private PublicKeys() {}

  /// A key in PEM, as `cosign generate-key-pair` writes it.
  static PublicKey fromPem(byte[] text) throws NotGenuine {
    Optional<Pem> pem = Pem.read(text).filter(block -> block.type().equals(PEM_TYPE));
    if (pem.isEmpty()) throw new NotGenuine("This is not a public key in PEM form.");
    return fromDer(pem.get().der());
  }

  /// A SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
  static PublicKey fromDer(byte[] spki) throws NotGenuine {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
      } catch (GeneralSecurityException | RuntimeException isOfAnotherKind) {
        continue;
      }
    }
    throw new NotGenuine(
        "The public key is damaged, or of a kind that is not accepted (ECDSA P-256 and P-384, RSA"
            + " and Ed25519 are).");
  }
}
