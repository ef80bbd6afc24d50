package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Checks any file against a sigstore bundle and one expected signer, as `cosign verify-blob` does:
/// for people who have a bundle in hand and no policy. Attestations (in-toto statements) about the
/// file count too, whatever they say of it; the verdict names what sort they are.
public final class BlobVerifier {
  private static final String RULE = "as asked";

  private BlobVerifier() {}

  /// Who must have signed.
  public sealed interface Expected {}

  /// @param identity exactly the name in the certificate, e-mail address or workflow URL
  /// @param issuer exactly the OpenID Connect issuer's URL
  public record Identity(String identity, String issuer) implements Expected {}

  /// @param pem the public key
  /// @param name what verdicts call it
  public record Key(byte[] pem, String name) implements Expected {}

  /// What must have been signed.
  public sealed interface Blob {}

  public record File(Path path) implements Blob {}

  public record Sha256(Digest digest) implements Blob {}

  /// @param bundle the sigstore bundle's bytes
  /// @param trustedRoot a `trusted_root.json`, or null for Sigstore's public instance as pinned in
  ///   this version
  public record Request(
      byte[] bundle, Expected expected, byte @Nullable [] trustedRoot, Blob blob) {}

  /// @throws Problem when the trusted root, the key or the file is unusable; of kind FAILED when
  ///   the file cannot be read, or is more than this machine holds where it must be checked whole
  public static Verdict verify(Request request) throws IOException {
    byte[] given = request.trustedRoot();
    RootOfTrust root =
        given == null ? RootOfTrust.publicGood() : RootOfTrust.parse(given, "the trusted root");
    Artifact artifact =
        switch (request.blob()) {
          case File file -> new Artifact.OnDisk(readable(file.path()));
          case Sha256 known -> new Artifact.Known(known.digest());
        };
    return switch (request.expected()) {
      case Identity expected ->
          Judgement.guardedOrFailed(() -> {
            SignedBundle bundle = SignedBundle.parse(request.bundle());
            return byIdentity(Evidence.keyless(bundle, artifact, root), expected);
          });
      case Key expected -> {
        TrustedKey key = key(expected);
        yield Judgement.guardedOrFailed(() -> {
          SignedBundle bundle = SignedBundle.parse(request.bundle());
          return genuine(Evidence.keyed(bundle, artifact, key, root));
        });
      }
    };
  }

  private static Verdict byIdentity(Evidence evidence, Identity expected) {
    Signer.Keyless wanted = new Signer.Keyless(expected.issuer(), expected.identity());
    if (evidence.signer().equals(wanted)) return genuine(evidence);
    return new Verdict.NotAllowed(
        evidence.signer(), evidence.signedAt(), "Expected was " + wanted.words() + ".");
  }

  private static Verdict genuine(Evidence evidence) {
    return new Verdict.Genuine(
        evidence.signer(),
        evidence.signedAt(),
        evidence.logIndex(),
        RULE,
        evidence.predicateType().orElse(null));
  }

  private static Path readable(Path file) throws Problem {
    if (Files.isRegularFile(file) && Files.isReadable(file)) return file;
    throw Problem.usage(
        "There is no readable file " + file + ".",
        "Check the file's name; a digest is sha256: and 64 hexadecimal characters.");
  }

  private static TrustedKey key(Key expected) throws Problem {
    try {
      return TrustedKey.fromPem(expected.name(), expected.pem());
    } catch (NotGenuine e) {
      throw new Problem(
          Problem.Kind.USAGE,
          expected.name() + " is no usable public key. " + e.why(),
          "Give the .pub file that belongs to the signing key.",
          e);
    }
  }
}
