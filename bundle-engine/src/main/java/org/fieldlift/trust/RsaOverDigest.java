package org.fieldlift.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// RSA, PKCS #1 v1.5, over a SHA-256 digest that is known already (RFC 8017, 9.2), which Java
/// itself does not offer. A class of its own, so that nothing else waits for BouncyCastle to load.
final class RsaOverDigest {
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private RsaOverDigest() {}

  static Signature scheme() throws GeneralSecurityException {
    return Signature.getInstance("NONEwithRSA", BOUNCY_CASTLE);
  }

  /// What [#scheme] signs for this digest: a DigestInfo, DER.
  static byte[] input(byte[] sha256) throws IOException {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    return new DigestInfo(algorithm, sha256).getEncoded();
  }
}
