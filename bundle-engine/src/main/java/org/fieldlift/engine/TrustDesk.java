package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Policy;

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
}
