package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.BlobVerifier;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;

/// The station's trust folder, read afresh each time so that an edited policy counts at once.
final class StationTrust implements TrustDesk {
  private static final int LARGEST_FILE = 32 << 20;
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
    byte[] pem = bytes(publicKey, "public key");
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

  @Override
  public Verdict verifyBlob(BlobQuestion question) throws IOException {
    return BlobVerifier.verify(
        new BlobVerifier.Request(
            bytes(question.bundle(), "bundle"),
            expected(question),
            question.trustedRoot() == null ? null : bytes(question.trustedRoot(), "trusted root"),
            Digest.looksLike(question.fileOrDigest())
                    && question.fileOrDigest().startsWith("sha256:")
                ? new BlobVerifier.Sha256(Digest.parse(question.fileOrDigest()))
                : new BlobVerifier.File(Path.of(question.fileOrDigest()))));
  }

  private static BlobVerifier.Expected expected(BlobQuestion question) throws IOException {
    Path key = question.key();
    String identity = question.identity();
    String issuer = question.issuer();
    if (key != null && identity == null && issuer == null) {
      return new BlobVerifier.Key(bytes(key, "public key"), key.getFileName().toString());
    }
    if (key == null && identity != null && issuer != null) {
      return new BlobVerifier.Identity(identity, issuer);
    }
    throw Problem.usage(
        "It must be said who shall have signed.",
        "Give either --key, or --certificate-identity with --certificate-oidc-issuer.");
  }

  private static byte[] bytes(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Problem.usage(
          "There is no " + what + " " + PlainText.of(file.toString()) + ".", "Check the path.");
    }
    return Limits.readFile(file, LARGEST_FILE);
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
