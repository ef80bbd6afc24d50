package org.fieldlift.trust;

import com.google.protobuf.ByteString;
import dev.sigstore.proto.common.v1.LogId;
import dev.sigstore.proto.rekor.v1.Checkpoint;
import dev.sigstore.proto.rekor.v1.InclusionPromise;
import dev.sigstore.proto.rekor.v1.InclusionProof;
import dev.sigstore.proto.rekor.v1.KindVersion;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.cert.X509CertificateHolder;

/// The logs of a [PrivateSigstore]: each entry stands second in a tree of two.
final class LogEntries {
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final PrivateSigstore sigstore;
  private final String signature;
  private String pem = "";
  private String verifier = "";

  LogEntries(PrivateSigstore sigstore, byte[] signature) {
    this.sigstore = sigstore;
    this.signature = BASE64.encodeToString(signature);
  }

  void byCertificate(X509Certificate leaf) {
    byte[] der = Minting.proto(leaf).getRawBytes().toByteArray();
    pem = pem("CERTIFICATE", der);
    verifier = "\"x509Certificate\":{\"rawBytes\":\"" + BASE64.encodeToString(der) + "\"}";
  }

  void byKey(PublicKey key) {
    pem = pem("PUBLIC KEY", key.getEncoded());
    verifier = "\"publicKey\":{\"rawBytes\":\"" + BASE64.encodeToString(key.getEncoded()) + "\"}";
  }

  TransparencyLogEntry hashedRekord1(byte[] signed, Instant time, boolean promised) {
    String body =
        """
        {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256",\
        "value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
        """
            .formatted(Minting.hex(Hash.SHA_256.of(signed)), signature, pem);
    return rekor1("hashedrekord", body, time, promised);
  }

  TransparencyLogEntry dsse1(byte[] payload, Instant time, boolean promised) {
    String body =
        """
        {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256",\
        "value":"00"},"payloadHash":{"algorithm":"sha256","value":"%s"},"signatures":\
        [{"signature":"%s","verifier":"%s"}]}}\
        """
            .formatted(Minting.hex(Hash.SHA_256.of(payload)), signature, pem);
    return rekor1("dsse", body, time, promised);
  }

  TransparencyLogEntry rekor2(byte[] signed) {
    String body =
        """
        {"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":\
        {"algorithm":"SHA2_256","digest":"%s"},"signature":{"content":"%s","verifier":\
        {"keyDetails":"PKIX_ECDSA_P256_SHA_256",%s}}}}}\
        """
            .formatted(BASE64.encodeToString(Hash.SHA_256.of(signed)), signature, verifier);
    return entry(
            "hashedrekord",
            "0.0.2",
            body,
            sigstore.newLogId(),
            checkpoint(
                sigstore.newLogHost(),
                sigstore.newLogHost(),
                body,
                sigstore.newLogId(),
                "Ed25519",
                sigstore.newLogKey))
        .setLogIndex(1)
        .build();
  }

  /// An SCT list (RFC 6962, 3.3) for a certificate that does not have one yet.
  static byte[] certificateTimestamps(PrivateSigstore sigstore, X509CertificateHolder bare)
      throws IOException {
    byte[] body = bare.toASN1Structure().getTBSCertificate().getEncoded();
    long time = PrivateSigstore.SIGNED.toEpochMilli();
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes(
        ByteBuffer.allocate(12).putShort((short) 0).putLong(time).putShort((short) 1).array());
    signed.writeBytes(Hash.SHA_256.of(sigstore.intermediateKey.getPublic().getEncoded()));
    signed.writeBytes(Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(body.length).array(), 1, 4));
    signed.writeBytes(body);
    signed.writeBytes(new byte[2]);
    byte[] signature =
        PrivateSigstore.sign("SHA256withECDSA", sigstore.certificateLogKey, signed.toByteArray());
    int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
    return ByteBuffer.allocate(length + 4)
        .putShort((short) (length + 2))
        .putShort((short) length)
        .put((byte) 0)
        .put(Hash.SHA_256.of(sigstore.certificateLogKey.getPublic().getEncoded()))
        .putLong(time)
        .putShort((short) 0)
        .put(new byte[] {4, 3})
        .putShort((short) signature.length)
        .put(signature)
        .array();
  }

  private TransparencyLogEntry rekor1(String kind, String body, Instant time, boolean promised) {
    TransparencyLogEntry.Builder entry =
        entry(
                kind,
                "0.0.1",
                body,
                sigstore.logId(),
                checkpoint(
                    sigstore.host + " - 42",
                    sigstore.host,
                    body,
                    sigstore.logId(),
                    "SHA256withECDSA",
                    sigstore.logKey))
            .setIntegratedTime(time.getEpochSecond());
    String promise =
        """
        {"body":"%s","integratedTime":%d,"logID":"%s","logIndex":%d}\
        """
            .formatted(
                BASE64.encodeToString(body.getBytes(StandardCharsets.UTF_8)),
                time.getEpochSecond(),
                Minting.hex(sigstore.logId()),
                entry.getLogIndex());
    if (promised) {
      entry.setInclusionPromise(
          InclusionPromise.newBuilder()
              .setSignedEntryTimestamp(
                  ByteString.copyFrom(
                      PrivateSigstore.sign(
                          "SHA256withECDSA",
                          sigstore.logKey,
                          promise.getBytes(StandardCharsets.UTF_8)))));
    }
    return entry.build();
  }

  private static TransparencyLogEntry.Builder entry(
      String kind, String version, String body, byte[] logId, String checkpoint) {
    return TransparencyLogEntry.newBuilder()
        .setLogIndex(1001)
        .setLogId(LogId.newBuilder().setKeyId(ByteString.copyFrom(logId)))
        .setKindVersion(KindVersion.newBuilder().setKind(kind).setVersion(version))
        .setCanonicalizedBody(ByteString.copyFromUtf8(body))
        .setInclusionProof(
            InclusionProof.newBuilder()
                .setLogIndex(1)
                .setTreeSize(2)
                .setRootHash(ByteString.copyFrom(rootHash(body)))
                .addHashes(ByteString.copyFrom(sibling()))
                .setCheckpoint(Checkpoint.newBuilder().setEnvelope(checkpoint)));
  }

  private static String checkpoint(
      String origin, String name, String body, byte[] logId, String scheme, KeyPair key) {
    String note = origin + "\n2\n" + BASE64.encodeToString(rootHash(body)) + "\n";
    byte[] signature = PrivateSigstore.sign(scheme, key, note.getBytes(StandardCharsets.UTF_8));
    byte[] hinted =
        ByteBuffer.allocate(4 + signature.length).put(logId, 0, 4).put(signature).array();
    return note + "\n\u2014 " + name + " " + BASE64.encodeToString(hinted) + "\n";
  }

  private static byte[] sibling() {
    return Hash.SHA_256.of(new byte[] {0, 'x'});
  }

  private static byte[] rootHash(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] leaf =
        Hash.SHA_256.of(ByteBuffer.allocate(1 + bytes.length).put((byte) 0).put(bytes).array());
    return Hash.SHA_256.of(ByteBuffer.allocate(65).put((byte) 1).put(sibling()).put(leaf).array());
  }

  private static String pem(String type, byte[] der) {
    return BASE64.encodeToString(new Pem(type, der).text().getBytes(StandardCharsets.US_ASCII));
  }
}
