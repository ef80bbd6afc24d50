package org.fieldlift.trust;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.bundle.v1.VerificationMaterial;
import dev.sigstore.proto.common.v1.HashAlgorithm;
import dev.sigstore.proto.common.v1.HashOutput;
import dev.sigstore.proto.common.v1.MessageSignature;
import dev.sigstore.proto.common.v1.PublicKeyIdentifier;
import dev.sigstore.proto.common.v1.RFC3161SignedTimestamp;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import io.intoto.EnvelopeOuterClass;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.jspecify.annotations.Nullable;

/// One signature by a [PrivateSigstore], step by step, with a place to put each attack.
final class Minting {
  static final String ISSUER = "https://token.actions.githubusercontent.com";
  static final String IDENTITY =
      "https://github.com/acme/os/.github/workflows/release.yml@refs/tags/v1";
  static final String OWNER_ID = "123456";
  static final String SIGNATURE_STATEMENT = "https://sigstore.dev/cosign/sign/v1";

  enum Log {
    NONE,
    REKOR_1,
    REKOR_2
  }

  private final PrivateSigstore sigstore;
  private final byte[] artifact;
  private KeyPair key = PrivateSigstore.ec("secp256r1");
  private boolean keyless = true;
  private List<String> identities = List.of(IDENTITY);
  private KeyPurposeId purpose = KeyPurposeId.id_kp_codeSigning;
  private boolean certificateLogged = true;
  private Log log = Log.REKOR_1;
  private boolean promised = true;
  private Instant integrated = PrivateSigstore.SIGNED.plusSeconds(60);
  private final List<Instant> timestamps = new ArrayList<>();
  private @Nullable String statement;
  private String payloadType = InTotoStatement.PAYLOAD_TYPE;
  private byte @Nullable [] logged;
  private Consumer<Bundle.Builder> change = _ -> {};

  Minting(PrivateSigstore sigstore, byte[] artifact) {
    this.sigstore = sigstore;
    this.artifact = artifact;
  }

  Minting by(String... identities) {
    this.identities = List.of(identities);
    return this;
  }

  Minting forPurpose(KeyPurposeId purpose) {
    this.purpose = purpose;
    return this;
  }

  Minting withoutCertificateLog() {
    certificateLogged = false;
    return this;
  }

  Minting withKey(KeyPair key) {
    this.key = key;
    return this;
  }

  /// A plain key and no certificate.
  Minting keyed(KeyPair key) {
    this.key = key;
    keyless = false;
    return this;
  }

  Minting in(Log log) {
    this.log = log;
    return this;
  }

  /// A log that records the right signature and signer, but says it is of something else.
  Minting loggingInstead(byte[] other) {
    logged = other;
    return this;
  }

  /// Without the log's signed promise, as if it had been stripped.
  Minting unpromised() {
    promised = false;
    return this;
  }

  Minting integratedAt(Instant time) {
    integrated = time;
    return this;
  }

  Minting stampedAt(Instant time) {
    timestamps.add(time);
    return this;
  }

  /// Signs a statement about the artifact instead of the artifact.
  Minting stating(String predicateType) {
    return statement(
        """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"}}],\
        "predicateType":"%s","predicate":{"author":"Ünïcödé"}}\
        """
            .formatted(hex(Hash.SHA_256.of(artifact)), predicateType));
  }

  /// Calls the statement something else, and signs that.
  Minting typed(String payloadType) {
    this.payloadType = payloadType;
    return this;
  }

  Minting statement(String payload) {
    statement = payload;
    return this;
  }

  /// Changes the finished bundle, as somebody on the way could.
  Minting then(Consumer<Bundle.Builder> change) {
    this.change = this.change.andThen(change);
    return this;
  }

  byte[] bundle() {
    try {
      return JsonFormat.printer().print(build()).getBytes(StandardCharsets.UTF_8);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  Bundle build() {
    byte[] signed = signedBytes();
    byte[] signature =
        PrivateSigstore.sign(
            key.getPublic().getAlgorithm().equals("EdDSA")
                ? "Ed25519"
                : key.getPublic().getAlgorithm().equals("RSA")
                    ? "SHA256withRSA"
                    : "SHA256withECDSA",
            key,
            signed);
    VerificationMaterial.Builder material = VerificationMaterial.newBuilder();
    LogEntries entries = new LogEntries(sigstore, signature);
    if (keyless) {
      X509Certificate leaf = leaf();
      material.setCertificate(proto(leaf));
      entries.byCertificate(leaf);
    } else {
      material.setPublicKey(PublicKeyIdentifier.newBuilder().setHint("a hint"));
      entries.byKey(key.getPublic());
    }
    switch (log) {
      case NONE -> {}
      case REKOR_1 -> material.addTlogEntries(entry1(entries, logged == null ? signed : logged));
      case REKOR_2 -> material.addTlogEntries(entries.rekor2(logged == null ? signed : logged));
    }
    for (Instant time : timestamps) {
      material
          .getTimestampVerificationDataBuilder()
          .addRfc3161Timestamps(
              RFC3161SignedTimestamp.newBuilder()
                  .setSignedTimestamp(ByteString.copyFrom(timestamp(signature, time))));
    }
    Bundle.Builder bundle =
        Bundle.newBuilder()
            .setMediaType("application/vnd.dev.sigstore.bundle.v0.3+json")
            .setVerificationMaterial(material);
    put(bundle, signature);
    change.accept(bundle);
    return bundle.build();
  }

  static dev.sigstore.proto.common.v1.X509Certificate proto(X509Certificate certificate) {
    try {
      return dev.sigstore.proto.common.v1.X509Certificate.newBuilder()
          .setRawBytes(ByteString.copyFrom(certificate.getEncoded()))
          .build();
    } catch (java.security.cert.CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }

  private byte[] signedBytes() {
    return statement == null
        ? artifact
        : Dsse.preAuthenticationEncoding(payloadType, statement.getBytes(StandardCharsets.UTF_8));
  }

  private TransparencyLogEntry entry1(LogEntries entries, byte[] signed) {
    return statement == null
        ? entries.hashedRekord1(signed, integrated, promised)
        : entries.dsse1(statement.getBytes(StandardCharsets.UTF_8), integrated, promised);
  }

  private void put(Bundle.Builder bundle, byte[] signature) {
    if (statement == null) {
      bundle.setMessageSignature(
          MessageSignature.newBuilder()
              .setMessageDigest(
                  HashOutput.newBuilder()
                      .setAlgorithm(HashAlgorithm.SHA2_256)
                      .setDigest(ByteString.copyFrom(Hash.SHA_256.of(artifact))))
              .setSignature(ByteString.copyFrom(signature)));
    } else {
      bundle.setDsseEnvelope(
          EnvelopeOuterClass.Envelope.newBuilder()
              .setPayloadType(payloadType)
              .setPayload(ByteString.copyFromUtf8(statement))
              .addSignatures(
                  EnvelopeOuterClass.Signature.newBuilder()
                      .setSig(ByteString.copyFrom(signature))));
    }
  }

  private X509Certificate leaf() {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=intermediate"),
              BigInteger.valueOf(77),
              Date.from(PrivateSigstore.SIGNED),
              Date.from(PrivateSigstore.SIGNED.plus(Duration.ofMinutes(10))),
              new X500Name(new org.bouncycastle.asn1.x500.RDN[0]),
              key.getPublic());
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      GeneralName[] names =
          identities.stream()
              .map(name ->
                  new GeneralName(
                      name.contains("@refs")
                          ? GeneralName.uniformResourceIdentifier
                          : GeneralName.rfc822Name,
                      name))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(names));
      claim(builder, "8", ISSUER);
      claim(builder, "17", OWNER_ID);
      var signer =
          new JcaContentSignerBuilder("SHA384withECDSA")
              .build(sigstore.intermediateKey.getPrivate());
      X509CertificateHolder bare = builder.build(signer);
      if (!certificateLogged) return PrivateSigstore.certificate(bare);
      builder.addExtension(
          new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
          false,
          new DEROctetString(LogEntries.certificateTimestamps(sigstore, bare)));
      return PrivateSigstore.certificate(builder.build(signer));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void claim(JcaX509v3CertificateBuilder builder, String last, String value)
      throws org.bouncycastle.cert.CertIOException {
    builder.addExtension(
        new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1." + last), false, new DERUTF8String(value));
  }

  private byte[] timestamp(byte[] signature, Instant time) {
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var signer =
          new JcaSimpleSignerInfoGeneratorBuilder()
              .build("SHA256withECDSA", sigstore.timestampKey.getPrivate(), sigstore.timestamper);
      var tokens =
          new TimeStampTokenGenerator(
              signer,
              digests.get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(TSPAlgorithms.SHA256)),
              new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.2"));
      var request =
          new TimeStampRequestGenerator()
              .generate(TSPAlgorithms.SHA256, Hash.SHA_256.of(signature), BigInteger.ONE);
      return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
          .generate(request, BigInteger.TWO, Date.from(time))
          .getEncoded();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
