package org.fieldlift.trust;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.fuzz.ForeignReader;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;

/// The readers of signatures, keys and rules. None of them ever finds a signature that nobody made.
public final class TrustReaders {
  private static final byte[] FILE = "the release".getBytes(StandardCharsets.UTF_8);
  private static final HeldKey KEY = key();
  private static final BlobVerifier.Sha256 BLOB = new BlobVerifier.Sha256(Digest.of(FILE));

  private TrustReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "policy-yml",
        bytes -> {
          RuleOrigin origin = new RuleOrigin.File("rule.yml");
          Policy policy = PolicyFile.parse(bytes, "rule", origin);
          requireSame(policy, PolicyFile.parse(PolicyText.of(policy), "rule", origin));
        },
        "sigstore-bundle",
        TrustReaders::bundle,
        "log-entry",
        bytes -> genuine(() -> LoggedSignature.parse(bytes)),
        "trusted-root",
        bytes -> RootOfTrust.parse(bytes, "the trusted root"),
        "key-file",
        bytes -> genuine(() -> secret(bytes)),
        "public-key",
        bytes ->
            genuine(() -> {
              Artifact file = new Artifact.Bytes(FILE);
              boolean holds = Signatures.holds(PublicKeys.fromPem(bytes), file, new byte[64]);
              if (holds) throw new AssertionError("zeros are a signature");
            }),
        "dsse",
        bytes -> {
          byte[] payload = Dsse.verify(bytes, "application/x", KEY.publicKey());
          if (!Arrays.equals(payload, FILE)) throw new AssertionError("nobody signed this");
        });
  }

  /// A check that knows of a fault that is no [Problem] yet.
  private interface Check {
    void run() throws NotGenuine, IOException;
  }

  private static void genuine(Check check) throws IOException {
    try {
      check.run();
    } catch (NotGenuine e) {
      throw Problem.notGenuine(e.why(), ".");
    }
  }

  private static void bundle(byte[] bytes) throws IOException {
    byte[] pem = KEY.publicPem().getBytes(StandardCharsets.US_ASCII);
    BlobVerifier.verify(
        new BlobVerifier.Request(bytes, new BlobVerifier.Key(pem, "lab"), null, BLOB));
    BlobVerifier.Identity anybody =
        new BlobVerifier.Identity("a@example.org", "https://example.org");
    Verdict verdict = BlobVerifier.verify(new BlobVerifier.Request(bytes, anybody, null, BLOB));
    if (verdict.isGenuine()) throw new AssertionError("nobody signed this");
  }

  private static void secret(byte[] bytes) throws NotGenuine, IOException {
    Optional<Pem> pem = Pem.read(bytes);
    if (pem.isEmpty()) return;
    byte[] der = pem.get().der();
    HeldKey.of(
        pem.get().type().equals(KeyFile.PLAIN_PEM_TYPE)
            ? der
            : EncryptedKey.decrypt(der, "hello".toCharArray()));
  }

  /// One key for ever, so that its signatures can lie in the corpus.
  private static HeldKey key() {
    byte[] pkcs8 = new byte[48];
    byte[] head = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");
    System.arraycopy(head, 0, pkcs8, 0, head.length);
    try {
      return HeldKey.of(pkcs8);
    } catch (NotGenuine e) {
      throw new IllegalStateException(e);
    }
  }
}
