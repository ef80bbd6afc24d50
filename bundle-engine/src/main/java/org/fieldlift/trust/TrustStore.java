package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The policies, keys and pinned trusted root of a station or device: a folder with `policies/`,
/// `keys/` and `trusted_root.json`.
public final class TrustStore {
  private TrustStore() {}

  /// A folder that does not exist yet is an empty store: nothing is trusted.
  public static TrustStore open(Path folder) throws IOException {
    throw new UnsupportedOperationException("open " + folder);
  }

  public Path folder() {
    throw new UnsupportedOperationException();
  }

  public List<Policy> policies() {
    throw new UnsupportedOperationException();
  }

  /// Judges signed bytes: signature first, then (only if it holds) what the bytes claim, then
  /// whether a policy for that product names this signer. Never throws for foreign input; whatever
  /// is wrong is a verdict.
  ///
  /// @param bundle the sigstore bundle beside the bytes, or null when there is none
  public Verdict judge(byte[] signed, byte @Nullable [] bundle, Claims.Reader claims) {
    throw new UnsupportedOperationException();
  }

  /// Adds a rule, durable when this returns; replaces a rule of the same name.
  public void add(Policy policy) throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Forgets a rule.
  ///
  /// @return false when there was none of that name
  public boolean remove(String ruleName) throws IOException {
    throw new UnsupportedOperationException();
  }
}
