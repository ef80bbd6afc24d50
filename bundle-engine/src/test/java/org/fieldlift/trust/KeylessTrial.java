package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.fieldlift.io.Digest;

/// A Sigstore of our own, a release signed through it, and what its verifier says of a bundle.
final class KeylessTrial {
  static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  static final byte[] ARTIFACT = "the release".getBytes(StandardCharsets.UTF_8);
  static final Instant LATER = PrivateSigstore.SIGNED.plus(Duration.ofDays(30));
  static final Instant IN_TIME = PrivateSigstore.SIGNED.plusSeconds(120);

  private KeylessTrial() {}

  static Minting mint() {
    return SIGSTORE.mint(ARTIFACT);
  }

  /// The bundle's one log entry, to be changed.
  static TransparencyLogEntry.Builder entry(Bundle.Builder bundle) {
    return bundle.getVerificationMaterialBuilder().getTlogEntriesBuilder(0);
  }

  static void assertGenuine(byte[] bundle) throws Exception {
    assertThat(verify(bundle)).isInstanceOf(Verdict.Genuine.class);
  }

  static void assertBroken(Minting bundle, String words) throws Exception {
    assertBroken(verify(bundle.bundle()), words);
  }

  static void assertBroken(Verdict verdict, String words) {
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(verdict.words()).contains(words);
  }

  static Verdict verify(byte[] bundle) throws Exception {
    return verify(SIGSTORE, bundle, ARTIFACT);
  }

  static Verdict verify(byte[] root, byte[] bundle) throws Exception {
    return verify(root, bundle, ARTIFACT);
  }

  static Verdict verify(PrivateSigstore sigstore, byte[] bundle, byte[] artifact) throws Exception {
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
