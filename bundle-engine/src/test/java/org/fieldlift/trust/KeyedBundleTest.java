package org.fieldlift.trust;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sigstore.proto.bundle.v1.Bundle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Bundles that a plain key signed, with and without a place in a log.
class KeyedBundleTest {
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  private static final byte[] ARTIFACT = "the release".getBytes(StandardCharsets.UTF_8);
  private static final Instant IN_TIME = PrivateSigstore.SIGNED.plusSeconds(120);
  private static final KeyPair KEY = PrivateSigstore.ec("secp256r1");

  @TempDir private Path folder;

  @Test
  void aSignatureByTheKeyHoldsAndProvesNoTime() throws Exception {
    Verdict verdict = verify(unlogged().bundle());
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Key(Digest.of(KEY.getPublic().getEncoded()), "lab.pub"),
                null,
                null,
                "as asked"));
  }

  @Test
  void aPlaceInALogGivesTheSignatureATime() throws Exception {
    assertThat(verify(mint().bundle()))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertThat(genuine.signedAt()).isEqualTo(PrivateSigstore.SIGNED.plusSeconds(60));
              assertThat(genuine.logIndex()).isEqualTo(1001);
            });
    assertThat(verify(mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).bundle()))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertThat(genuine.signedAt()).isEqualTo(IN_TIME);
              assertThat(genuine.logIndex()).isEqualTo(1);
            });
  }

  @Test
  void everyAcceptedKindOfKeyHolds() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    for (KeyPair key :
        List.of(
            PrivateSigstore.ec("secp384r1"), rsa.generateKeyPair(), PrivateSigstore.newEd25519())) {
      byte[] bundle = SIGSTORE.mint(ARTIFACT).keyed(key).in(Minting.Log.NONE).bundle();
      assertThat(verify(bundle, key, new BlobVerifier.File(file(ARTIFACT))).isGenuine())
          .as(key.getPublic().getAlgorithm())
          .isTrue();
      assertThat(
              verify(bundle, key, new BlobVerifier.File(file("x".getBytes(StandardCharsets.UTF_8))))
                  .isGenuine())
          .isFalse();
    }
  }

  @Test
  void aP384SignatureOverItsOwnHashHoldsAsCosignWritesIt() throws Exception {
    KeyPair key = PrivateSigstore.ec("secp384r1");
    byte[] signature = PrivateSigstore.sign("SHA384withECDSA", key, ARTIFACT);
    byte[] bundle =
        SIGSTORE
            .mint(ARTIFACT)
            .keyed(key)
            .in(Minting.Log.NONE)
            .then(change -> {
              var message = change.getMessageSignatureBuilder();
              message.setSignature(ByteString.copyFrom(signature));
              message
                  .getMessageDigestBuilder()
                  .setAlgorithm(dev.sigstore.proto.common.v1.HashAlgorithm.SHA2_384)
                  .setDigest(ByteString.copyFrom(Hash.SHA_384.of(ARTIFACT)));
            })
            .bundle();
    assertThat(verify(bundle, key, new BlobVerifier.File(file(ARTIFACT))).isGenuine()).isTrue();
    assertThat(verify(bundle, key, new BlobVerifier.Sha256(Digest.of(ARTIFACT))).isGenuine())
        .isFalse();
  }

  @Test
  void weakOrUnknownKeysAreRefused() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    for (KeyPair key : List.of(rsa.generateKeyPair(), PrivateSigstore.ec("secp521r1"))) {
      byte[] bundle = SIGSTORE.mint(ARTIFACT).keyed(key).in(Minting.Log.NONE).bundle();
      assertThat(verify(bundle, key, new BlobVerifier.File(file(ARTIFACT))).words())
          .contains("kind of key that is not accepted");
    }
  }

  @Test
  void anEd25519SignatureNeedsTheFile() throws Exception {
    KeyPair key = PrivateSigstore.newEd25519();
    byte[] bundle = SIGSTORE.mint(ARTIFACT).keyed(key).in(Minting.Log.NONE).bundle();
    assertThat(verify(bundle, key, new BlobVerifier.Sha256(Digest.of(ARTIFACT))).words())
        .contains("with the file only");
  }

  /// Too large is not the same as not genuine; what was changed is.
  @Test
  void aFileTooLargeToBeHeldIsNotCalledAForgery() throws Exception {
    KeyPair key = PrivateSigstore.newEd25519();
    Path large = folder.resolve("large");
    try (FileChannel channel = FileChannel.open(large, CREATE_NEW, WRITE)) {
      channel.write(ByteBuffer.allocate(1), Artifact.LARGEST_WHOLE);
    }
    Minting minting = SIGSTORE.mint(ARTIFACT).keyed(key).in(Minting.Log.NONE);
    byte[] unclaimed =
        minting.then(bundle -> bundle.getMessageSignatureBuilder().clearMessageDigest()).bundle();
    assertThatThrownBy(() -> verify(unclaimed, key, new BlobVerifier.File(large)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED))
        .hasMessageContaining("cannot be said here")
        .hasMessageContaining("64 MiB");
    byte[] claimed = SIGSTORE.mint(ARTIFACT).keyed(key).in(Minting.Log.NONE).bundle();
    assertThat(verify(claimed, key, new BlobVerifier.File(large)).words()).contains("was changed");
    byte[] byDigest = unlogged().bundle();
    assertThat(verify(byDigest, KEY, new BlobVerifier.File(large)).words()).contains("was changed");
  }

  /// "It was built so" is not "it is good".
  @Test
  void aStatementIsToldFromASignatureByItsType() throws Exception {
    String type = "https://slsa.dev/provenance/v1";
    Verdict verdict = verify(mint().stating(type + "\\u202e").in(Minting.Log.NONE).bundle());
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> assertThat(genuine.predicateType()).isEqualTo(type + "\u202e"));
    assertThat(verdict.words())
        .contains("in a statement of the type https://slsa.dev/provenance/v1<U+202E>, allowed");
    assertThat(verify(unlogged().bundle()).words()).doesNotContain("statement");
  }

  /// A statement names the file by its digest.
  @Test
  void aStatementByAnEd25519KeyCoversAFileOfAnySize() throws Exception {
    KeyPair key = PrivateSigstore.newEd25519();
    byte[] content = new byte[Artifact.LARGEST_WHOLE + 1];
    byte[] bundle =
        SIGSTORE
            .mint(content)
            .keyed(key)
            .stating(Minting.SIGNATURE_STATEMENT)
            .in(Minting.Log.NONE)
            .bundle();
    assertThat(verify(bundle, key, new BlobVerifier.File(file(content))).isGenuine()).isTrue();
  }

  @Test
  void anotherKeyIsRefusedWhateverTheHintSays() throws Exception {
    KeyPair other = PrivateSigstore.ec("secp256r1");
    byte[] bundle = SIGSTORE.mint(ARTIFACT).keyed(other).in(Minting.Log.NONE).bundle();
    assertThat(verify(bundle).words()).contains("does not belong");
  }

  @Test
  void aCertificateIsNoKeyAndAKeyNoCertificate() throws Exception {
    assertThat(verify(SIGSTORE.mint(ARTIFACT).bundle()).words()).contains("with a certificate");
    Verdict verdict =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                unlogged().bundle(),
                new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER),
                SIGSTORE.trustedRoot(),
                new BlobVerifier.Sha256(Digest.of(ARTIFACT))));
    assertThat(verdict.words()).contains("no certificate");
  }

  @Test
  void aPlaceInALogThatIsThereMustHold() throws Exception {
    Bundle other = mint().build();
    byte[] swapped =
        mint()
            .then(bundle ->
                bundle
                    .getVerificationMaterialBuilder()
                    .setTlogEntries(0, other.getVerificationMaterial().getTlogEntries(0)))
            .bundle();
    assertThat(verify(swapped).words()).contains("another signature");
    byte[] elsewhere = new PrivateSigstore().mint(ARTIFACT).keyed(KEY).bundle();
    assertThat(verify(elsewhere).words()).contains("does not hold");
    byte[] retired =
        SIGSTORE.trustedRoot(root ->
            root.getTlogsBuilder(0)
                .getPublicKeyBuilder()
                .setValidFor(PrivateSigstore.from(PrivateSigstore.SIGNED.plusSeconds(3600))));
    Verdict early =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                mint().bundle(), key(KEY), retired, new BlobVerifier.File(file(ARTIFACT))));
    assertThat(early.words()).contains("not trusted at that time");
  }

  /// Cosign leaves the digest empty where it signs with Ed25519.
  @Test
  void aDigestThatIsNotClaimedIsNotMissed() throws Exception {
    String bundle = new String(unlogged().bundle(), StandardCharsets.UTF_8);
    String digest = "(?s)\"messageDigest\": *[{].*?[}]";
    for (String empty :
        List.of(
            "\"messageDigest\": {}",
            "\"messageDigest\": null",
            "\"messageDigest\": {\"algorithm\": \"HASH_ALGORITHM_UNSPECIFIED\", \"digest\":"
                + " \"\"}")) {
      String changed = bundle.replaceFirst(digest, Matcher.quoteReplacement(empty));
      assertThat(changed).isNotEqualTo(bundle);
      byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
      assertThat(verify(bytes).isGenuine()).as(empty).isTrue();
    }
  }

  /// One reader could believe the one, and another reader the other.
  @Test
  void twoSignersOrTwoSignaturesInOneFileAreRefused() throws Exception {
    ObjectNode twoSigners = Json.readObject(unlogged().bundle(), "bundle");
    ObjectNode material = (ObjectNode) twoSigners.get("verificationMaterial");
    material.putObject("certificate").put("rawBytes", "");
    assertThat(verify(Json.write(twoSigners)).words()).contains("damaged");
    ObjectNode twoSignatures = Json.readObject(unlogged().bundle(), "bundle");
    twoSignatures.putObject("dsseEnvelope").put("payloadType", "").put("payload", "");
    assertThat(verify(Json.write(twoSignatures)).words()).contains("damaged");
  }

  @Test
  void aFieldOfAnotherTypeIsNotGuessedAt() throws Exception {
    for (String change :
        List.of(
            "\"signature\": [\"",
            "\"signature\": \"!",
            "\"signature\": null, \"was\": \"",
            "\"signature\": 1, \"was\": \"")) {
      String bundle = new String(unlogged().bundle(), StandardCharsets.UTF_8);
      String changed = bundle.replaceFirst("\"signature\": *\"", Matcher.quoteReplacement(change));
      assertThat(changed).isNotEqualTo(bundle);
      byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
      assertThat(verify(bytes).words()).as(change).contains("damaged");
    }
  }

  @Test
  void aFileThatIsNotThereOrNotAKeyIsAMistakeOfTheCaller() {
    byte[] bundle = unlogged().bundle();
    assertThatThrownBy(() -> verify(bundle, KEY, new BlobVerifier.File(folder.resolve("missing"))))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no readable file");
    String pem = pem(KEY);
    for (String text : List.of("", "key", pem + pem, pem.replace("PUBLIC", "PRIVATE"))) {
      assertThatThrownBy(() ->
              BlobVerifier.verify(
                  new BlobVerifier.Request(
                      bundle,
                      new BlobVerifier.Key(text.getBytes(StandardCharsets.UTF_8), "k.pub"),
                      null,
                      new BlobVerifier.Sha256(Digest.of(ARTIFACT)))))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("k.pub");
    }
  }

  @Test
  void withoutARootThePublicOneIsMeant() throws Exception {
    Verdict verdict =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                unlogged().bundle(), key(KEY), null, new BlobVerifier.File(file(ARTIFACT))));
    assertThat(verdict.isGenuine()).isTrue();
    assertThat(RootOfTrust.publicGood().logs())
        .anyMatch(log -> log.getBaseUrl().getHost().equals("rekor.sigstore.dev"));
  }

  private static Minting mint() {
    return SIGSTORE.mint(ARTIFACT).keyed(KEY);
  }

  private static Minting unlogged() {
    return mint().in(Minting.Log.NONE);
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("artifact"), bytes);
  }

  private Verdict verify(byte[] bundle) throws Exception {
    return verify(bundle, KEY, new BlobVerifier.File(file(ARTIFACT)));
  }

  private static Verdict verify(byte[] bundle, KeyPair key, BlobVerifier.Blob blob)
      throws Exception {
    return BlobVerifier.verify(
        new BlobVerifier.Request(bundle, key(key), SIGSTORE.trustedRoot(), blob));
  }

  private static BlobVerifier.Key key(KeyPair key) {
    return new BlobVerifier.Key(pem(key).getBytes(StandardCharsets.UTF_8), "lab.pub");
  }

  private static String pem(KeyPair key) {
    return new Pem("PUBLIC KEY", key.getPublic().getEncoded()).text();
  }
}
