package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Whatever is done to a bundle, the answer is a verdict, and never a better one.
class HostileBundleTest {
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  private static final byte[] ARTIFACT = "the release".getBytes(StandardCharsets.UTF_8);
  private static final RootOfTrust ROOT = SIGSTORE.root();
  private static final List<byte[]> BUNDLES =
      List.of(
          SIGSTORE.mint(ARTIFACT).stampedAt(PrivateSigstore.SIGNED.plusSeconds(90)).bundle(),
          SIGSTORE.mint(ARTIFACT).stating(Minting.SIGNATURE_STATEMENT).bundle(),
          SIGSTORE
              .mint(ARTIFACT)
              .in(Minting.Log.REKOR_2)
              .stampedAt(PrivateSigstore.SIGNED.plusSeconds(90))
              .bundle());

  @Property(tries = 100)
  void changedBytesNeverThrowAndNeverChangeTheSigner(
      @ForAll @IntRange(max = 2) int which,
      @ForAll @Size(min = 1, max = 3) List<Integer> places,
      @ForAll byte value) {
    byte[] original = BUNDLES.get(which);
    byte[] changed = original.clone();
    for (int place : places) changed[Math.floorMod(place, changed.length)] = value;
    Verdict verdict = verify(changed);
    if (verdict instanceof Verdict.Genuine genuine) assertNoBetter(genuine, verify(original));
  }

  /// A proof whose name is misspelt is a proof that is not there. Without the log's promise, the
  /// other proof of a time counts alone.
  @Test
  void whoTakesAProofAwayLosesWhatItProved() {
    byte[] original = BUNDLES.getFirst();
    String text = new String(original, StandardCharsets.UTF_8);
    String without = text.replace("\"inclusionPromise\"", "\"inclusionPromises\"");
    assertThat(without).isNotEqualTo(text);
    assertThat(verify(without.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine -> {
              assertNoBetter(genuine, verify(original));
              assertThat(genuine.signedAt()).isEqualTo(PrivateSigstore.SIGNED.plusSeconds(90));
            });
    String neither = without.replace("\"rfc3161Timestamps\"", "\"timestamps\"");
    assertThat(verify(neither.getBytes(StandardCharsets.UTF_8)).words())
        .contains("Nothing proves when");
  }

  @Property(tries = 50)
  void anyBytesAtAllAreAVerdict(@ForAll byte[] bytes) {
    assertThat(verify(bytes)).isInstanceOf(Verdict.Broken.class);
  }

  private static void assertNoBetter(Verdict.Genuine changed, Verdict original) {
    Verdict.Genuine genuine = (Verdict.Genuine) original;
    assertThat(changed.signer()).isEqualTo(genuine.signer());
    assertThat(changed.signedAt()).isNotNull().isAfterOrEqualTo(genuine.signedAt());
  }

  private static Verdict verify(byte[] bundle) {
    return Judgement.guarded(() -> {
      Artifact artifact = new Artifact.Bytes(ARTIFACT);
      Evidence evidence = Evidence.keyless(SignedBundle.parse(bundle), artifact, ROOT);
      return new Verdict.Genuine(
          evidence.signer(), evidence.signedAt(), evidence.logIndex(), "any");
    });
  }
}
