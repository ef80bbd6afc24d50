package org.fieldlift.trust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A trust folder that pins a private Sigstore, and a release that somebody there signed.
abstract class TrustTrial {
  static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  static final byte[] RELEASE = "the release".getBytes(StandardCharsets.UTF_8);
  static final String PRODUCT = "github.com/acme/os";
  static final Claims.Reader CLAIMS = _ -> new Claims(PRODUCT, 100);
  static final String PATTERN =
      "https://github\\.com/acme/os/\\.github/workflows/release\\.yml@refs/tags/v.*";
  static final byte[] BUNDLE = SIGSTORE.mint(RELEASE).bundle();
  static final Policy.Deny NOTHING = new Policy.Deny(List.of(), List.of());

  @TempDir Path temporary;
  Path folder;

  @BeforeEach
  void pinThePrivateRoot() throws Exception {
    folder = temporary.resolve("trust");
    Files.createDirectories(folder);
    Files.write(folder.resolve("trusted_root.json"), SIGSTORE.trustedRoot());
  }

  TrustStore storeWith(Policy rule) throws Exception {
    TrustStore store = TrustStore.open(folder);
    store.addKey("lab", pem(PrivateSigstore.ec("secp256r1")));
    store.add(rule);
    return store;
  }

  static Policy rule(String name, String product, Policy.AllowedSigner signer) {
    return new Policy(name, product, List.of(signer), accept(), 0, NOTHING);
  }

  static List<String> accept() {
    return List.of("bundle");
  }

  static Policy.Keyless keyless(String identity) {
    return new Policy.Keyless(Minting.ISSUER, identity, Map.of());
  }

  static Policy.Keyless owner(String id) {
    return new Policy.Keyless(Minting.ISSUER, PATTERN, Map.of("source-repository-owner-id", id));
  }

  static byte[] pem(KeyPair key) {
    return new Pem("PUBLIC KEY", key.getPublic().getEncoded())
        .text()
        .getBytes(StandardCharsets.UTF_8);
  }
}
