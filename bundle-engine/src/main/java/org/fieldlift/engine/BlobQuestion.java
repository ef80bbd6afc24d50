package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.BlobVerifier;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// One file and the sigstore bundle that shall prove it. It is judged apart from any station and
/// its rules, so that it can be asked where there is none.
///
/// @param identity exact subject of the certificate; with `issuer`, and without `key`
/// @param key PEM file of a public key; without identity and issuer
/// @param trustedRoot a `trusted_root.json`; null for the one that comes with Fieldlift
/// @param fileOrDigest a path, or `sha256:` and 64 hexadecimal characters
public record BlobQuestion(
    Path bundle,
    @Nullable String identity,
    @Nullable String issuer,
    @Nullable Path key,
    @Nullable Path trustedRoot,
    String fileOrDigest) {
  private static final String SHA_256 = "sha256:";

  /// @throws Problem of kind USAGE when the question makes no sense
  public Verdict judge() throws IOException {
    return BlobVerifier.verify(
        new BlobVerifier.Request(
            NamedFile.bytes(bundle, "bundle"),
            expected(),
            trustedRoot == null ? null : NamedFile.bytes(trustedRoot, "trusted root"),
            blob()));
  }

  private BlobVerifier.Blob blob() {
    Optional<Digest> digest = Digest.typed(fileOrDigest);
    boolean isNamed = fileOrDigest.toLowerCase(Locale.ROOT).startsWith(SHA_256);
    return digest.isPresent() && isNamed
        ? new BlobVerifier.Sha256(digest.get())
        : new BlobVerifier.File(Path.of(fileOrDigest));
  }

  private BlobVerifier.Expected expected() throws IOException {
    if (key != null && identity == null && issuer == null) {
      byte[] pem = NamedFile.bytes(key, "public key");
      return new BlobVerifier.Key(pem, String.valueOf(key.getFileName()));
    }
    if (key == null && identity != null && issuer != null) {
      return new BlobVerifier.Identity(identity, issuer);
    }
    throw Problem.usage(
        "It must be said who shall have signed.",
        "Give either --key, or --certificate-identity with --certificate-oidc-issuer.");
  }
}
