package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.trust.KeylessTrial.ARTIFACT;
import static org.fieldlift.trust.KeylessTrial.IN_TIME;
import static org.fieldlift.trust.KeylessTrial.SIGSTORE;
import static org.fieldlift.trust.KeylessTrial.assertBroken;
import static org.fieldlift.trust.KeylessTrial.assertGenuine;
import static org.fieldlift.trust.KeylessTrial.mint;
import static org.fieldlift.trust.KeylessTrial.verify;

import com.google.protobuf.ByteString;
import dev.sigstore.proto.common.v1.X509CertificateChain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.fieldlift.io.Digest;
import org.junit.jupiter.api.Test;

/// Every way we know to pass off a bundle with a certificate, against a Sigstore of our own: what
/// was signed and by whom. [KeylessLogTest] has the attacks on where it was recorded, and
/// [KeylessTimeTest] those on when.
class KeylessBundleTest {
  @Test
  void aSignatureInTheFirstKindOfLogHolds() throws Exception {
    Verdict verdict = verify(mint().bundle());
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY),
                PrivateSigstore.SIGNED.plusSeconds(60),
                1001L,
                "as asked"));
  }

  @Test
  void aSignatureInTheSecondKindOfLogHoldsByItsTimestamp() throws Exception {
    Verdict verdict = verify(mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).bundle());
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY), IN_TIME, 1L, "as asked"));
  }

  @Test
  void statementsHoldInBothKindsOfLogAlsoBeyondAscii() throws Exception {
    assertGenuine(mint().stating("https://slsa.dev/provenance/v1").bundle());
    assertGenuine(
        mint()
            .stating("https://slsa.dev/provenance/v1")
            .in(Minting.Log.REKOR_2)
            .stampedAt(IN_TIME)
            .bundle());
  }

  @Test
  void otherKeysThatAuthoritiesCertifyHold() throws Exception {
    assertGenuine(mint().withKey(PrivateSigstore.ec("secp384r1")).bundle());
  }

  @Test
  void theLogsOfAPrivateSigstoreMayLiveOnAPort() throws Exception {
    PrivateSigstore local = new PrivateSigstore("localhost:3000");
    assertThat(verify(local, local.mint(ARTIFACT).bundle(), ARTIFACT).isGenuine()).isTrue();
  }

  @Test
  void aDigestIsEnough() throws Exception {
    Verdict verdict =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                mint().bundle(),
                new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER),
                SIGSTORE.trustedRoot(),
                new BlobVerifier.Sha256(Digest.of(ARTIFACT))));
    assertThat(verdict.isGenuine()).isTrue();
  }

  @Test
  void changedContentIsFound() throws Exception {
    byte[] changed = "the Release".getBytes(StandardCharsets.UTF_8);
    assertBroken(verify(SIGSTORE, mint().bundle(), changed), "changed");
    assertBroken(
        verify(SIGSTORE, mint().stating(Minting.SIGNATURE_STATEMENT).bundle(), changed),
        "about something else");
  }

  @Test
  void changedContentIsFoundEvenWhenTheClaimedDigestIsChangedOrDropped() throws Exception {
    byte[] changed = "the Release".getBytes(StandardCharsets.UTF_8);
    byte[] fitting =
        mint()
            .then(bundle ->
                bundle
                    .getMessageSignatureBuilder()
                    .getMessageDigestBuilder()
                    .setDigest(ByteString.copyFrom(Hash.SHA_256.of(changed))))
            .bundle();
    byte[] none =
        mint().then(bundle -> bundle.getMessageSignatureBuilder().clearMessageDigest()).bundle();
    assertBroken(verify(SIGSTORE, fitting, changed), "does not belong");
    assertBroken(verify(SIGSTORE, none, changed), "does not belong");
    assertGenuine(none);
  }

  @Test
  void anotherClaimedDigestIsFound() throws Exception {
    byte[] lying =
        mint()
            .then(bundle ->
                bundle
                    .getMessageSignatureBuilder()
                    .getMessageDigestBuilder()
                    .setDigest(ByteString.copyFrom(new byte[32])))
            .bundle();
    assertBroken(verify(lying), "changed");
  }

  @Test
  void aLookAlikeSigstoreIsNotBelieved() throws Exception {
    assertBroken(new PrivateSigstore().mint(ARTIFACT), "No authority");
  }

  @Test
  void anotherIdentityOrIssuerIsNamedAndRefused() throws Exception {
    Verdict verdict = verify(mint().by(Minting.IDENTITY + ".evil").bundle());
    assertThat(verdict).isInstanceOf(Verdict.NotAllowed.class);
    assertThat(verdict.words()).contains(".evil").contains("Expected was");
    Verdict issuer =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                mint().bundle(),
                new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER + "/"),
                SIGSTORE.trustedRoot(),
                new BlobVerifier.Sha256(Digest.of(ARTIFACT))));
    assertThat(issuer).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void twoNamesInOneCertificateAreRefused() throws Exception {
    assertBroken(mint().by(Minting.IDENTITY, "evil@example.org"), "exactly one");
  }

  @Test
  void aCertificateForAnotherPurposeIsRefused() throws Exception {
    for (KeyPurposeId purpose :
        List.of(KeyPurposeId.id_kp_emailProtection, KeyPurposeId.anyExtendedKeyUsage)) {
      assertBroken(mint().forPurpose(purpose), "not for signing");
    }
  }

  @Test
  void aCertificateThatNoCertificateLogKnowsIsRefused() throws Exception {
    assertBroken(mint().withoutCertificateLog(), "No authority");
  }

  @Test
  void aBundleThatBringsItsOwnRootIsRefused() throws Exception {
    byte[] chained =
        mint()
            .then(bundle -> {
              var material = bundle.getVerificationMaterialBuilder();
              var chain =
                  X509CertificateChain.newBuilder()
                      .addCertificates(material.getCertificate())
                      .addCertificates(Minting.proto(SIGSTORE.intermediate))
                      .addCertificates(Minting.proto(SIGSTORE.authority));
              material.setX509CertificateChain(chain);
            })
            .bundle();
    assertBroken(verify(chained), "its own root");
  }

  @Test
  void aBundleWithoutACertificateIsRefused() throws Exception {
    byte[] empty =
        mint()
            .then(bundle ->
                bundle
                    .getVerificationMaterialBuilder()
                    .setX509CertificateChain(X509CertificateChain.getDefaultInstance()))
            .bundle();
    assertBroken(verify(empty), "no certificate");
  }

  @Test
  void aStatementWithTwoSignaturesOrOfAnotherKindIsRefused() throws Exception {
    assertBroken(
        mint()
            .stating(Minting.SIGNATURE_STATEMENT)
            .then(bundle ->
                bundle
                    .getDsseEnvelopeBuilder()
                    .addSignatures(bundle.getDsseEnvelope().getSignatures(0))),
        "exactly one signature");
    assertBroken(
        mint()
            .stating(Minting.SIGNATURE_STATEMENT)
            .then(bundle -> bundle.getDsseEnvelopeBuilder().setPayloadType("text/plain")),
        "does not belong");
    assertBroken(mint().stating(Minting.SIGNATURE_STATEMENT).typed("text/plain"), "no statement");
    assertBroken(mint().statement("{\"_type\":\"other\"}"), "unknown kind");
  }

  @Test
  void unreadableBundlesAreRefusedWithoutAnException() throws Exception {
    String good = new String(mint().bundle(), StandardCharsets.UTF_8);
    List<String> bad =
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
            good.replace("bundle.v0.3+json", "bundle.v9+json"),
            good.substring(0, good.length() / 2),
            good.replaceFirst("\\{", "{\"mediaType\":\"x\","));
    for (String text : bad) {
      assertBroken(verify(text.getBytes(StandardCharsets.UTF_8)), "signature file");
    }
    assertBroken(verify(new byte[SignedBundle.LARGEST + 1]), "too large");
  }
}
