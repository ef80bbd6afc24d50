package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fieldlift.io.Digest;

/// Whatever is done to a bundle, the answer is a verdict, and never a better one.
class HostileBundleTest {
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  private static final byte[] ARTIFACT = "the release".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ROOT = SIGSTORE.trustedRoot();
  private static final BlobVerifier.Sha256 BLOB = new BlobVerifier.Sha256(Digest.of(ARTIFACT));
  private static final BlobVerifier.Identity WANTED =
      new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER);
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
      @ForAll byte value)
      throws Exception {
    byte[] original = BUNDLES.get(which);
    byte[] changed = original.clone();
    for (int place : places) changed[Math.floorMod(place, changed.length)] = value;
    Verdict verdict = verify(changed);
    if (verdict.isGenuine()) assertThat(verdict).isEqualTo(verify(original));
  }

  @Property(tries = 50)
  void anyBytesAtAllAreAVerdict(@ForAll byte[] bytes) throws Exception {
    assertThat(verify(bytes)).isInstanceOf(Verdict.Broken.class);
  }

  private static Verdict verify(byte[] bundle) throws Exception {
    return BlobVerifier.verify(new BlobVerifier.Request(bundle, WANTED, ROOT, BLOB));
  }
}
