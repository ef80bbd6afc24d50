package org.fieldlift.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// A private key in memory.
///
/// Signing is deterministic (RFC 6979 for ECDSA), so that packing a release twice yields the same
/// bytes, and so that a bad random generator cannot give the key away.
final class HeldKey {
  private static final int SMALLEST_RSA = 2048;

  private final AsymmetricKeyParameter secret;
  private final AsymmetricKeyParameter open;

  private HeldKey(AsymmetricKeyParameter secret, AsymmetricKeyParameter open) {
    this.secret = secret;
    this.open = open;
  }

  /// Reads a PKCS#8 key (RFC 5208).
  ///
  /// @throws NotGenuine when it is damaged or of a kind that is not accepted
  static HeldKey of(byte[] pkcs8) throws NotGenuine {
    try {
      AsymmetricKeyParameter secret = PrivateKeyFactory.createKey(pkcs8);
      return switch (secret) {
        case ECPrivateKeyParameters ec when isKnown(ec) ->
            new HeldKey(
                ec,
                new ECPublicKeyParameters(
                    ec.getParameters().getG().multiply(ec.getD()), ec.getParameters()));
        case RSAPrivateCrtKeyParameters rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA ->
            new HeldKey(
                rsa, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
        case Ed25519PrivateKeyParameters ed -> new HeldKey(ed, ed.generatePublicKey());
        default ->
            throw new NotGenuine(
                "Keys must be ECDSA P-256 or P-384, RSA of 2048 bits or more, or Ed25519.");
      };
    } catch (IOException | RuntimeException e) {
      throw new NotGenuine("The private key is damaged.", e);
    }
  }

  /// A new ECDSA P-256 key, PKCS#8.
  static byte[] newP256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java makes P-256 keys", e);
    }
  }

  /// A new Ed25519 key, PKCS#8.
  static byte[] newEd25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java makes Ed25519 keys", e);
    }
  }

  boolean isEd25519() {
    return secret instanceof Ed25519PrivateKeyParameters;
  }

  /// SubjectPublicKeyInfo, DER.
  byte[] publicKey() {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a key that was read can be written", e);
    }
  }

  String publicPem() {
    return new Pem(PublicKeys.PEM_TYPE, publicKey()).text();
  }

  /// Signs a message: ECDSA (DER) and RSA PKCS #1 v1.5 over its SHA-256, Ed25519 over itself.
  ///
  /// P-384 too goes with SHA-256: it is the one hash with which `cosign verify-blob --key` checks
  /// such keys, whatever the bundle says.
  byte[] sign(byte[] message) {
    var signer =
        switch (secret) {
          case ECPrivateKeyParameters _ ->
              new DSADigestSigner(
                  new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())),
                  new SHA256Digest(),
                  StandardDSAEncoding.INSTANCE);
          case RSAPrivateCrtKeyParameters _ -> new RSADigestSigner(new SHA256Digest());
          default -> new Ed25519Signer();
        };
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("a key that was checked can sign", e);
    }
  }

  private static boolean isKnown(ECPrivateKeyParameters key) {
    if (!(key.getParameters() instanceof ECNamedDomainParameters curve)) return false;
    ASN1ObjectIdentifier name = curve.getName();
    return name.equals(SECObjectIdentifiers.secp256r1)
        || name.equals(SECObjectIdentifiers.secp384r1);
  }
}
