package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.common.v1.TimeRange;
import dev.sigstore.proto.common.v1.X509CertificateChain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Every way we know to pass off a bundle with a certificate, against a Sigstore of our own. Long
/// on purpose: one list of attacks in one place, so that a missing one is seen.
class KeylessBundleTest {
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  private static final byte[] ARTIFACT = "the release".getBytes(StandardCharsets.UTF_8);
  private static final Instant LATER = PrivateSigstore.SIGNED.plus(Duration.ofDays(30));
  private static final Instant IN_TIME = PrivateSigstore.SIGNED.plusSeconds(120);

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
    assertBroken(verify(new PrivateSigstore().mint(ARTIFACT).bundle()), "No authority");
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
    assertBroken(verify(mint().by(Minting.IDENTITY, "evil@example.org").bundle()), "exactly one");
  }

  @Test
  void aCertificateForAnotherPurposeIsRefused() throws Exception {
    for (KeyPurposeId purpose :
        List.of(KeyPurposeId.id_kp_emailProtection, KeyPurposeId.anyExtendedKeyUsage)) {
      assertBroken(verify(mint().forPurpose(purpose).bundle()), "not for signing");
    }
  }

  @Test
  void aCertificateThatNoCertificateLogKnowsIsRefused() throws Exception {
    assertBroken(verify(mint().withoutCertificateLog().bundle()), "No authority");
  }

  @Test
  void aSignatureLoggedAfterTheCertificateEndedIsRefused() throws Exception {
    assertBroken(verify(mint().integratedAt(LATER).bundle()), "not valid");
    assertBroken(
        verify(mint().integratedAt(PrivateSigstore.SIGNED.minusSeconds(1)).bundle()), "not valid");
  }

  @Test
  void aTimestampAfterTheCertificateEndedIsRefusedEvenBesideAGoodOne() throws Exception {
    assertBroken(
        verify(mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).stampedAt(LATER).bundle()),
        "not valid");
    assertBroken(verify(mint().stampedAt(LATER).bundle()), "not valid");
  }

  @Test
  void aTimeThatTheLogDidNotPromiseProvesNothing() throws Exception {
    assertBroken(verify(mint().unpromised().bundle()), "Nothing proves when");
    assertBroken(verify(mint().in(Minting.Log.REKOR_2).bundle()), "Nothing proves when");
    Verdict stamped = verify(mint().unpromised().integratedAt(LATER).stampedAt(IN_TIME).bundle());
    assertThat(stamped)
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY), IN_TIME, 1L, "as asked"));
  }

  @Test
  void aChangedTimeOrPlaceIsFound() throws Exception {
    assertBroken(
        verify(
            mint()
                .then(bundle ->
                    entry(bundle).setIntegratedTime(PrivateSigstore.SIGNED.getEpochSecond()))
                .bundle()),
        "transparency log");
    assertBroken(
        verify(mint().then(bundle -> entry(bundle).setLogIndex(7)).bundle()), "transparency log");
  }

  @Test
  void aTimestampOfAnotherSignatureIsRefused() throws Exception {
    Bundle other = mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).build();
    assertBroken(
        verify(
            mint()
                .in(Minting.Log.REKOR_2)
                .then(bundle ->
                    bundle
                        .getVerificationMaterialBuilder()
                        .setTimestampVerificationData(
                            other.getVerificationMaterial().getTimestampVerificationData()))
                .bundle()),
        "timestamp");
  }

  @Test
  void aSignatureInNoLogIsRefused() throws Exception {
    assertBroken(
        verify(mint().in(Minting.Log.NONE).stampedAt(IN_TIME).bundle()), "no transparency log");
  }

  @Test
  void aSecondLogEntryIsRefused() throws Exception {
    assertBroken(
        verify(
            mint()
                .then(bundle ->
                    bundle.getVerificationMaterialBuilder().addTlogEntries(entry(bundle).build()))
                .bundle()),
        "more than one place");
  }

  @Test
  void theLogEntryOfAnotherSignatureIsRefused() throws Exception {
    for (Minting.Log log : List.of(Minting.Log.REKOR_1, Minting.Log.REKOR_2)) {
      Bundle sameContent = mint().in(log).stampedAt(IN_TIME).build();
      byte[] swapped =
          mint()
              .in(log)
              .stampedAt(IN_TIME)
              .then(bundle ->
                  bundle
                      .getVerificationMaterialBuilder()
                      .setTlogEntries(0, sameContent.getVerificationMaterial().getTlogEntries(0)))
              .bundle();
      assertBroken(verify(swapped), "another signature");
    }
  }

  @Test
  void aLogEntryOfTheSameSignatureOverSomethingElseIsRefused() throws Exception {
    byte[] other = "the Release".getBytes(StandardCharsets.UTF_8);
    assertBroken(verify(mint().loggingInstead(other).bundle()), "another signature");
    assertBroken(
        verify(mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).loggingInstead(other).bundle()),
        "another signature");
  }

  @Test
  void theLogEntryOfAnotherStatementIsRefused() throws Exception {
    Bundle other = mint().stating("https://example.org/other").build();
    byte[] swapped =
        mint()
            .stating(Minting.SIGNATURE_STATEMENT)
            .then(bundle ->
                bundle
                    .getVerificationMaterialBuilder()
                    .setTlogEntries(0, other.getVerificationMaterial().getTlogEntries(0)))
            .bundle();
    assertBroken(verify(swapped), "another signature");
  }

  @Test
  void anInclusionProofOfAnotherTreeIsRefused() throws Exception {
    assertBroken(
        verify(
            mint()
                .then(bundle -> entry(bundle).getInclusionProofBuilder().setTreeSize(3))
                .bundle()),
        "another state");
    assertBroken(
        verify(
            mint()
                .then(bundle -> entry(bundle).getInclusionProofBuilder().setLogIndex(3))
                .bundle()),
        "another state");
    assertBroken(
        verify(
            mint()
                .then(bundle ->
                    entry(bundle)
                        .getInclusionProofBuilder()
                        .setHashes(0, ByteString.copyFrom(new byte[32])))
                .bundle()),
        "does not hold");
    assertBroken(
        verify(mint().then(bundle -> entry(bundle).clearInclusionProof()).bundle()), "damaged");
  }

  @Test
  void aCheckpointThatTheLogDidNotSignIsRefused() throws Exception {
    String forged =
        new PrivateSigstore()
            .mint(ARTIFACT)
            .build()
            .getVerificationMaterial()
            .getTlogEntries(0)
            .getInclusionProof()
            .getCheckpoint()
            .getEnvelope();
    assertBroken(
        verify(
            mint()
                .then(bundle ->
                    entry(bundle)
                        .getInclusionProofBuilder()
                        .getCheckpointBuilder()
                        .setEnvelope(forged))
                .bundle()),
        "does not hold");
  }

  @Test
  void aLogThatWasRetiredBeforeIsNotBelieved() throws Exception {
    TimeRange ended =
        PrivateSigstore.from(PrivateSigstore.FOUNDED).toBuilder()
            .setEnd(PrivateSigstore.time(PrivateSigstore.SIGNED.minusSeconds(3600)))
            .build();
    byte[] root =
        SIGSTORE.trustedRoot(change -> {
          change.getTlogsBuilder(0).getPublicKeyBuilder().setValidFor(ended);
          change.getTlogsBuilder(1).getPublicKeyBuilder().setValidFor(ended);
        });
    assertBroken(verify(root, mint().bundle()), "not trusted at that time");
    assertBroken(
        verify(root, mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).bundle()),
        "not trusted at that time");
  }

  @Test
  void anAuthorityThatWasRetiredBeforeIsNotBelieved() throws Exception {
    TimeRange ended =
        PrivateSigstore.from(PrivateSigstore.FOUNDED).toBuilder()
            .setEnd(PrivateSigstore.time(PrivateSigstore.SIGNED.minusSeconds(3600)))
            .build();
    byte[] certificates =
        SIGSTORE.trustedRoot(
            change -> change.getCertificateAuthoritiesBuilder(0).setValidFor(ended));
    byte[] timestamps =
        SIGSTORE.trustedRoot(change -> change.getTimestampAuthoritiesBuilder(0).setValidFor(ended));
    assertBroken(verify(certificates, mint().bundle()), "No authority");
    assertBroken(verify(timestamps, mint().stampedAt(IN_TIME).bundle()), "timestamp");
  }

  @Test
  void aTrustedRootWithoutABeginningIsRefused() {
    List<byte[]> roots =
        List.of(
            SIGSTORE.trustedRoot(
                change -> change.getTlogsBuilder(0).getPublicKeyBuilder().clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getCtlogsBuilder(0).getPublicKeyBuilder().clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getCertificateAuthoritiesBuilder(0).clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getTimestampAuthoritiesBuilder(0).clearValidFor()));
    for (byte[] root : roots) {
      assertThatThrownBy(() -> verify(root, mint().bundle()))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("not a usable trusted root");
    }
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
        verify(
            mint()
                .stating(Minting.SIGNATURE_STATEMENT)
                .then(bundle ->
                    bundle
                        .getDsseEnvelopeBuilder()
                        .addSignatures(bundle.getDsseEnvelope().getSignatures(0)))
                .bundle()),
        "exactly one signature");
    assertBroken(
        verify(
            mint()
                .stating(Minting.SIGNATURE_STATEMENT)
                .then(bundle -> bundle.getDsseEnvelopeBuilder().setPayloadType("text/plain"))
                .bundle()),
        "does not belong");
    assertBroken(
        verify(mint().stating(Minting.SIGNATURE_STATEMENT).typed("text/plain").bundle()),
        "no statement");
    assertBroken(verify(mint().statement("{\"_type\":\"other\"}").bundle()), "unknown kind");
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

  private static Minting mint() {
    return SIGSTORE.mint(ARTIFACT);
  }

  private static dev.sigstore.proto.rekor.v1.TransparencyLogEntry.Builder entry(
      Bundle.Builder bundle) {
    return bundle.getVerificationMaterialBuilder().getTlogEntriesBuilder(0);
  }

  private static void assertGenuine(byte[] bundle) throws Exception {
    assertThat(verify(bundle)).isInstanceOf(Verdict.Genuine.class);
  }

  private static void assertBroken(Verdict verdict, String words) {
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(verdict.words()).contains(words);
  }

  private static Verdict verify(byte[] bundle) throws Exception {
    return verify(SIGSTORE, bundle, ARTIFACT);
  }

  private static Verdict verify(byte[] root, byte[] bundle) throws Exception {
    return verify(root, bundle, ARTIFACT);
  }

  private static Verdict verify(PrivateSigstore sigstore, byte[] bundle, byte[] artifact)
      throws Exception {
    return verify(sigstore.trustedRoot(), bundle, artifact);
  }

  private static Verdict verify(byte[] root, byte[] bundle, byte[] artifact) throws Exception {
    return BlobVerifier.verify(
        new BlobVerifier.Request(
            bundle,
            new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER),
            root,
            new BlobVerifier.Sha256(Digest.of(artifact))));
  }
}
