package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.TrustStore;

/// The station's trust folder, read afresh each time so that an edited policy counts at once.
final class StationTrust implements TrustDesk {
  private static final List<String> BUNDLE = List.of("bundle");

  private final Path folder;

  StationTrust(Path folder) {
    this.folder = folder;
  }

  TrustStore store() throws IOException {
    return TrustStore.open(folder);
  }

  @Override
  public List<Policy> rules() throws IOException {
    return store().policies();
  }

  @Override
  public Policy trustKey(RuleOrder order, Path publicKey) throws IOException {
    byte[] pem = NamedFile.bytes(publicKey, "public key");
    TrustStore store = store();
    return make(store, order, store.addKey(order.name(), pem));
  }

  @Override
  public Policy trustIdentity(RuleOrder order, String issuer, String identity) throws IOException {
    return make(store(), order, new Policy.Keyless(issuer, identity, Map.of()));
  }

  @Override
  public boolean remove(String ruleName) throws IOException {
    return TrustStore.remove(folder, ruleName);
  }

  @Override
  public Digest newKey(Path base, char[] password) throws IOException {
    return SigningKey.generate(base, password).fingerprint();
  }

  private static Policy make(TrustStore store, RuleOrder order, Policy.AllowedSigner signer)
      throws IOException {
    Policy.Deny nothing = new Policy.Deny(List.of(), List.of());
    Policy policy = new Policy(order.name(), order.product(), List.of(signer), BUNDLE, 0, nothing);
    if (order.replace()) store.replace(policy);
    else store.add(policy);
    return policy;
  }
}
