package org.fieldlift.release;

import java.io.IOException;
import org.fieldlift.io.Digest;
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

  /// What the bytes say. Believe it only after a good verdict.
  public Release release() throws IOException {
    return Release.parse(json);
  }
}
