package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Who may sign what, on this station.
public interface TrustDesk {
  List<Policy> rules() throws IOException;

  /// From now on the holder of this public key (PEM file) may sign releases of this product.
  ///
  /// @param product a product or a pattern with `*`
  Policy trustKey(String ruleName, String product, Path publicKey) throws IOException;

  /// From now on this identity may sign releases of this product.
  ///
  /// @param identity an anchored regular expression
  Policy trustIdentity(String ruleName, String product, String issuer, String identity)
      throws IOException;

  /// @return false when there was none of that name
  boolean remove(String ruleName) throws IOException;

  /// Makes a key pair `<base>.key`, `<base>.pub`.
  ///
  /// @return the public key's fingerprint
  Digest newKey(Path base, char[] password) throws IOException;

  /// One file and the sigstore bundle that shall prove it.
  ///
  /// @param identity exact subject of the certificate; with `issuer`, and without `key`
  /// @param key PEM file of a public key; without identity and issuer
  /// @param trustedRoot a `trusted_root.json`; null for the one that comes with Fieldlift
  /// @param fileOrDigest a path, or `sha256:` and 64 hexadecimal characters
  record BlobQuestion(
      Path bundle,
      @Nullable String identity,
      @Nullable String issuer,
      @Nullable Path key,
      @Nullable Path trustedRoot,
      String fileOrDigest) {}

  /// Judges any file against any bundle, apart from the station's rules.
  Verdict verifyBlob(BlobQuestion question) throws IOException;
}
