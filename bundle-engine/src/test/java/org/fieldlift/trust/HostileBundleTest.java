package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

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
    if (verdict.isGenuine()) assertThat(verdict).isEqualTo(verify(original));
  }

  @Property(tries = 50)
  void anyBytesAtAllAreAVerdict(@ForAll byte[] bytes) {
    assertThat(verify(bytes)).isInstanceOf(Verdict.Broken.class);
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
