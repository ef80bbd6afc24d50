package org.fieldlift.release;

import java.io.IOException;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Claims;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// The exact bytes of a `release.json` and of the signature beside it. The digest of the bytes is
/// the release's id.
///
/// @param json never re-serialised
/// @param signature the sigstore bundle's bytes; null when nobody signed
public record SignedRelease(Digest id, byte[] json, byte @Nullable [] signature) {

  public static SignedRelease of(byte[] json, byte @Nullable [] signature) {
    return new SignedRelease(Digest.of(json), json, signature);
  }

  /// Whether somebody the policies name signed these bytes.
  public Verdict judge(TrustStore trust) {
    return trust.judge(json, signature, SignedRelease::claims);
  }

  /// What the bytes say. Believe it only after a good verdict.
  public Release release() throws IOException {
    return Release.parse(json);
  }

  private static Claims claims(byte[] json) throws IOException {
    Release release = Release.parse(json);
    return new Claims(release.product(), release.sequence());
  }
}
