package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Who may sign what, on this station.
public interface TrustDesk {
  List<Policy> rules() throws IOException;

  /// A rule to be made.
  ///
  /// @param product a product or a pattern with `*`
  /// @param replace a rule of that name is replaced, with all that it denies; else it is in the way
  record RuleOrder(String name, String product, boolean replace) {}

  /// From now on the holder of this public key (PEM file) may sign releases of this product.
  ///
  /// @throws Problem of kind USAGE when the name is taken, or the rule would be none
  Policy trustKey(RuleOrder order, Path publicKey) throws IOException;

  /// From now on this identity may sign releases of this product.
  ///
  /// @param identity an anchored regular expression
  /// @throws Problem of kind USAGE when the name is taken, or the rule would be none
  Policy trustIdentity(RuleOrder order, String issuer, String identity) throws IOException;

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
