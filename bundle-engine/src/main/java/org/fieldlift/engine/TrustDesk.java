package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.Policy;

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
}
