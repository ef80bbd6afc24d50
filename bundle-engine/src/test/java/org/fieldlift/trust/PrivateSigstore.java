package org.fieldlift.trust;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.sigstore.proto.common.v1.HashAlgorithm;
import dev.sigstore.proto.common.v1.LogId;
import dev.sigstore.proto.common.v1.PublicKey;
import dev.sigstore.proto.common.v1.PublicKeyDetails;
import dev.sigstore.proto.common.v1.TimeRange;
import dev.sigstore.proto.common.v1.X509CertificateChain;
import dev.sigstore.proto.trustroot.v1.CertificateAuthority;
import dev.sigstore.proto.trustroot.v1.TransparencyLogInstance;
import dev.sigstore.proto.trustroot.v1.TrustedRoot;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A whole Sigstore of one's own, in memory: certificate authority, certificate transparency log,
/// two transparency logs (Rekor v1 and v2) and a timestamp authority, with the trusted root that
/// names them. A second instance plays the attacker with a look-alike.
final class PrivateSigstore {
  /// When everything is signed, unless a test says otherwise. Nothing looks at today's date.
  static final Instant SIGNED = Instant.parse("2026-03-01T12:00:00Z");

  static final Instant FOUNDED = SIGNED.minus(Duration.ofDays(365));

  final String host;
  final KeyPair authorityKey = ec("secp384r1");
  final KeyPair intermediateKey = ec("secp384r1");
  final KeyPair certificateLogKey = ec("secp256r1");
  final KeyPair logKey = ec("secp256r1");
  final KeyPair newLogKey = newEd25519();
  final KeyPair timestampRootKey = ec("secp256r1");
  final KeyPair timestampKey = ec("secp256r1");
  final X509Certificate authority;
  final X509Certificate intermediate;
  final X509Certificate timestampRoot;
  final X509Certificate timestamper;

  PrivateSigstore() {
    this("rekor.lab.example");
  }

  /// @param host where the logs say they are; may have a port
  PrivateSigstore(String host) {
    this.host = host;
    authority = authority("CN=root", authorityKey, "CN=root", authorityKey, 1, null);
    intermediate =
        authority(
            "CN=root",
            authorityKey,
            "CN=intermediate",
            intermediateKey,
            0,
            KeyPurposeId.id_kp_codeSigning);
    timestampRoot = authority("CN=tsa", timestampRootKey, "CN=tsa", timestampRootKey, 0, null);
    timestamper = timestamper();
  }

  /// The host of the second log.
  String newLogHost() {
    return "v2." + host;
  }

  byte[] logId() {
    return Hash.SHA_256.of(logKey.getPublic().getEncoded());
  }

  /// Signed notes give Ed25519 logs another id (C2SP, `signed-note.md`).
  byte[] newLogId() {
    byte[] spki = newLogKey.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    byte[] name = (newLogHost() + "\n\u0001").getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(name, name.length + raw.length);
    System.arraycopy(raw, 0, all, name.length, raw.length);
    return Hash.SHA_256.of(all);
  }

  byte[] trustedRoot() {
    return trustedRoot(_ -> {});
  }

  /// @param change what an attacker or a tired administrator does to the root
  byte[] trustedRoot(Consumer<TrustedRoot.Builder> change) {
    TrustedRoot.Builder root =
        TrustedRoot.newBuilder()
            .setMediaType("application/vnd.dev.sigstore.trustedroot+json;version=0.1")
            .addTlogs(log(host, logKey, logId(), PublicKeyDetails.PKIX_ECDSA_P256_SHA_256))
            .addTlogs(log(newLogHost(), newLogKey, newLogId(), PublicKeyDetails.PKIX_ED25519))
            .addCtlogs(
                log(
                    "ct." + host,
                    certificateLogKey,
                    Hash.SHA_256.of(certificateLogKey.getPublic().getEncoded()),
                    PublicKeyDetails.PKIX_ECDSA_P256_SHA_256))
            .addCertificateAuthorities(chain("https://fulcio." + host, intermediate, authority))
            .addTimestampAuthorities(chain("https://tsa." + host, timestamper, timestampRoot));
    change.accept(root);
    try {
      return JsonFormat.printer().print(root).getBytes(StandardCharsets.UTF_8);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  RootOfTrust root() {
    try {
      return RootOfTrust.parse(trustedRoot(), "the private root");
    } catch (org.fieldlift.io.Problem e) {
      throw new IllegalStateException(e);
    }
  }

  /// Starts a signature; without further words it is one that must be accepted.
  Minting mint(byte[] artifact) {
    return new Minting(this, artifact);
  }

  static TimeRange from(Instant start) {
    return TimeRange.newBuilder().setStart(time(start)).build();
  }

  static Timestamp time(Instant instant) {
    return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair newEd25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] sign(String scheme, KeyPair key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static X509Certificate certificate(X509CertificateHolder holder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate authority(
      String issuer,
      KeyPair issuerKey,
      String subject,
      KeyPair key,
      int pathLength,
      @org.jspecify.annotations.Nullable KeyPurposeId purpose) {
    try {
      JcaX509v3CertificateBuilder builder = builder(issuer, subject, key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      return certificate(
          builder.build(
              new JcaContentSignerBuilder("SHA384withECDSA").build(issuerKey.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate timestamper() {
    try {
      JcaX509v3CertificateBuilder builder = builder("CN=tsa", "CN=clock", timestampKey);
      builder.addExtension(
          Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(timestampKey.getPublic()));
      return certificate(
          builder.build(
              new JcaContentSignerBuilder("SHA256withECDSA").build(timestampRootKey.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(String issuer, String subject, KeyPair key) {
    return new JcaX509v3CertificateBuilder(
        new X500Name(issuer),
        BigInteger.valueOf(Math.abs((long) subject.hashCode()) + 1),
        Date.from(FOUNDED),
        Date.from(FOUNDED.plus(Duration.ofDays(3650))),
        new X500Name(subject),
        key.getPublic());
  }

  private static TransparencyLogInstance log(
      String host, KeyPair key, byte[] id, PublicKeyDetails details) {
    return TransparencyLogInstance.newBuilder()
        .setBaseUrl("https://" + host)
        .setHashAlgorithm(HashAlgorithm.SHA2_256)
        .setPublicKey(
            PublicKey.newBuilder()
                .setRawBytes(ByteString.copyFrom(key.getPublic().getEncoded()))
                .setKeyDetails(details)
                .setValidFor(from(FOUNDED)))
        .setLogId(LogId.newBuilder().setKeyId(ByteString.copyFrom(id)))
        .build();
  }

  private static CertificateAuthority chain(String uri, X509Certificate... certificates) {
    X509CertificateChain.Builder chain = X509CertificateChain.newBuilder();
    for (X509Certificate certificate : certificates)
      chain.addCertificates(Minting.proto(certificate));
    return CertificateAuthority.newBuilder()
        .setUri(uri)
        .setCertChain(chain)
        .setValidFor(from(FOUNDED))
        .build();
  }
}
