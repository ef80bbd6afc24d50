package org.fieldlift.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The mathematics: whether a signature over an artifact is by the holder of a key.
///
/// The scheme follows from the key alone, never from what the signed document says, so that nobody
/// can talk the check into a weaker one: ECDSA P-256 with SHA-256; P-384 with SHA-384, or with
/// SHA-256 as cosign checks it; RSA of 2048 bits or more, PKCS #1 v1.5, with SHA-256; Ed25519.
final class Signatures {
  private static final int SMALLEST_RSA = 2048;

  private Signatures() {}

  static boolean holds(PublicKey key, Artifact artifact, byte[] signature)
      throws NotGenuine, IOException {
    try {
      return switch (key) {
        case ECPublicKey ec -> ecdsa(ec, artifact, signature);
        case RSAPublicKey rsa -> rsa(rsa, artifact, signature);
        case EdECPublicKey ed when ed.getParams().getName().equals("Ed25519") ->
            verify(Signature.getInstance("Ed25519"), ed, whole(artifact), signature);
        default -> throw unknownScheme();
      };
    } catch (GeneralSecurityException e) {
      throw new NotGenuine("The signature cannot be checked with this key.", e);
    }
  }

  private static boolean ecdsa(ECPublicKey key, Artifact artifact, byte[] signature)
      throws GeneralSecurityException, NotGenuine, IOException {
    List<Hash> hashes =
        switch (key.getParams().getOrder().bitLength()) {
          case 256 -> List.of(Hash.SHA_256);
          case 384 -> List.of(Hash.SHA_384, Hash.SHA_256);
          default -> throw unknownScheme();
        };
    for (Hash hash : atHandFirst(hashes, artifact)) {
      Optional<byte[]> digest = artifact.digest(hash);
      if (digest.isPresent()
          && verify(Signature.getInstance("NONEwithECDSA"), key, digest.get(), signature)) {
        return true;
      }
    }
    return false;
  }

  /// Any of them may hold, so the order is only a matter of how often a file is read.
  private static List<Hash> atHandFirst(List<Hash> hashes, Artifact artifact) {
    return hashes.stream().sorted(Comparator.comparing(hash -> !artifact.isAtHand(hash))).toList();
  }

  private static boolean rsa(RSAPublicKey key, Artifact artifact, byte[] signature)
      throws GeneralSecurityException, NotGenuine, IOException {
    if (key.getModulus().bitLength() < SMALLEST_RSA) throw unknownScheme();
    byte[] digest = artifact.digest(Hash.SHA_256).orElseThrow();
    return verify(RsaOverDigest.scheme(), key, RsaOverDigest.input(digest), signature);
  }

  private static byte[] whole(Artifact artifact) throws NotGenuine, IOException {
    Optional<byte[]> whole = artifact.whole();
    if (whole.isPresent()) return whole.get();
    throw new NotGenuine("An Ed25519 signature can be checked with the file only, not its digest.");
  }

  private static boolean verify(Signature scheme, PublicKey key, byte[] input, byte[] signature)
      throws GeneralSecurityException {
    scheme.initVerify(key);
    scheme.update(input);
    try {
      return scheme.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    }
  }

  private static NotGenuine unknownScheme() {
    return new NotGenuine(
        "It is signed with a kind of key that is not accepted (ECDSA P-256 and P-384, RSA of 2048"
            + " bits or more, and Ed25519 are).");
  }
}
