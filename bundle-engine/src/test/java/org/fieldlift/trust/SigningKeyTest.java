package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private static final byte[] CONTENT = "the release".getBytes(StandardCharsets.UTF_8);

  /// Made with `cosign generate-key-pair` (3.1.3) and the password `hello`.
  private static final String BY_COSIGN =
      """
      -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
      eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
      OCwicCI6MX0sInNhbHQiOiJNdTNWQmMySlc2V09PSG1rY0ZlTTN0OHl2VExuNkJt
      US9xb2VObXFxdm9VPSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
      Iiwibm9uY2UiOiJmV0l4UUcwdXJ4cTJPMVdiemZ1TmxCa2EvaHlkL21hUSJ9LCJj
      aXBoZXJ0ZXh0IjoiYkdWK0tqVWV3ZHQ2aUp3RUNRbTRJMGpOQlJiM0w5TWxIVWhG
      b0Y0UnVrVVNFQXYwSGcxc0pZcGVMUlExSTZjRTdHNzF0cmNYell2ZXU1VVNKckNU
      bHNiQXhwMlhMSEVmb201WGxxRGJ0ZjY5aWs3MFB3VC9SOUpTbEFaTXlaTlVsRXBY
      dG5penRTbk9FeExNTko3ZDZzNEo4TTYwREZ1WlVjRVkza3JZV0ZMS0t1RUhYVnFW
      Vk9tMzFKdmdHWUFzbUJ0Z2NzSHhMNS8zaFE9PSJ9
      -----END ENCRYPTED SIGSTORE PRIVATE KEY-----
      """;

  private static final String PUBLIC_BY_COSIGN =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEA+3+Rg429AC/pPaZLGiHt+7qWv1x
      O1ZPTIEYCxU998KsGvPZpVlNIzxPxpYwZWjhbw59rBlv7p0VJU11B63O8w==
      -----END PUBLIC KEY-----
      """;

  @TempDir private Path folder;

  @Test
  void aKeyThatCosignMadeIsOpened() throws Exception {
    SigningKey key = SigningKey.open(file("cosign.key", BY_COSIGN), "hello".toCharArray());
    assertThat(key.publicPem()).isEqualTo(PUBLIC_BY_COSIGN);
    assertGenuine(key);
  }

  @Test
  void aNewKeyIsOpenedAgainByItsPasswordOnly() throws Exception {
    Path base = folder.resolve("lab-2026");
    SigningKey made = SigningKey.generate(base, "pässword".toCharArray());
    Path secret = folder.resolve("lab-2026.key");
    assertThat(folder.resolve("lab-2026.pub")).hasContent(made.publicPem());
    assertThat(Files.readString(secret)).startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY");
    SigningKey opened = SigningKey.open(secret, "pässword".toCharArray());
    assertThat(opened.fingerprint()).isEqualTo(made.fingerprint());
    assertThatThrownBy(() -> SigningKey.open(secret, "password".toCharArray()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("password is wrong");
  }

  @Test
  void aSecretKeyIsItsOwnersOnly() throws Exception {
    SigningKey.generate(folder.resolve("lab"), new char[0]);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lab.key"))))
        .isEqualTo("rw-------");
    try (var names = Files.list(folder)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .containsExactlyInAnyOrder("lab.key", "lab.pub");
    }
  }

  @Test
  void noKeyIsEverOverwritten() throws Exception {
    for (String taken : List.of("a.key", "b.pub")) {
      Path old = file(taken, "the old one");
      Path base = folder.resolve(taken.substring(0, 1));
      assertThatThrownBy(() -> SigningKey.generate(base, new char[0]))
          .isInstanceOf(Problem.class)
          .hasMessageContaining(taken);
      assertThat(old).hasContent("the old one");
    }
    assertThat(folder.resolve("b.key")).doesNotExist();
    assertThat(folder.resolve("a.pub")).doesNotExist();
  }

  @Test
  void plainKeysOfEveryAcceptedKindSign() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    for (KeyPair pair :
        List.of(
            PrivateSigstore.ec("secp256r1"),
            PrivateSigstore.ec("secp384r1"),
            rsa.generateKeyPair(),
            PrivateSigstore.newEd25519())) {
      SigningKey key = SigningKey.open(plain(pair), new char[0]);
      assertThat(key.fingerprint()).isEqualTo(Digest.of(pair.getPublic().getEncoded()));
      assertGenuine(key);
    }
  }

  @Test
  void signingTwiceGivesTheSameBundle() throws Exception {
    for (KeyPair pair : List.of(PrivateSigstore.ec("secp256r1"), PrivateSigstore.newEd25519())) {
      SigningKey key = SigningKey.open(plain(pair), new char[0]);
      assertThat(key.signBundle(CONTENT)).isEqualTo(key.signBundle(CONTENT));
    }
  }

  @Test
  void keysOfOtherKindsAreRefused() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(1024);
    for (KeyPair pair : List.of(rsa.generateKeyPair(), PrivateSigstore.ec("secp521r1"))) {
      Path file = plain(pair);
      assertThatThrownBy(() -> SigningKey.open(file, new char[0]))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("Keys must be");
    }
  }

  @Test
  void aCostThatWouldEatAllMemoryIsRefused() throws Exception {
    for (String cost : List.of("1073741824", "65537", "0", "-65536", "1")) {
      String json =
          """
          {"kdf":{"name":"scrypt","params":{"N":%s,"r":8,"p":1},"salt":"AAAA"},
          "cipher":{"name":"nacl/secretbox","nonce":"%s"},"ciphertext":"%s"}\
          """
              .formatted(cost, "A".repeat(32), "A".repeat(64));
      assertThatThrownBy(() -> SigningKey.open(encrypted(json), new char[0]))
          .as(cost)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("unknown way");
    }
  }

  @Test
  void damagedKeyFilesAreAProblemNotACrash() throws Exception {
    for (String text :
        List.of("", "x", BY_COSIGN + BY_COSIGN, BY_COSIGN.replace("SIGSTORE", "OTHER"))) {
      Path file = file("bad.key", text);
      assertThatThrownBy(() -> SigningKey.open(file, new char[0])).isInstanceOf(Problem.class);
    }
    for (String json : List.of("{}", "[]", "{\"kdf\":{\"name\":\"scrypt\"}}")) {
      assertThatThrownBy(() -> SigningKey.open(encrypted(json), new char[0]))
          .isInstanceOf(Problem.class);
    }
    Path noKey = file("no.key", new Pem("PRIVATE KEY", new byte[] {1, 2, 3}).text());
    assertThatThrownBy(() -> SigningKey.open(noKey, new char[0])).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> SigningKey.open(folder.resolve("gone"), new char[0]))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no key");
  }

  private void assertGenuine(SigningKey key) throws Exception {
    Path file = Files.write(folder.resolve("content"), CONTENT);
    Verdict verdict =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                key.signBundle(CONTENT),
                new BlobVerifier.Key(key.publicPem().getBytes(StandardCharsets.UTF_8), "key"),
                null,
                new BlobVerifier.File(file)));
    assertThat(verdict)
        .isEqualTo(
            new Verdict.Genuine(new Signer.Key(key.fingerprint(), "key"), null, null, "as asked"));
  }

  private Path encrypted(String json) throws Exception {
    return file(
        "made.key", new Pem(EncryptedKey.PEM_TYPE, json.getBytes(StandardCharsets.UTF_8)).text());
  }

  private Path plain(KeyPair pair) throws Exception {
    return file("plain.key", new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).text());
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
