package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// We and the real cosign (3.1 or later) must be of one mind, without a network. Skipped where
/// there is no cosign.
class RealCosignTest {
  private static final String PASSWORD = "hello";
  private static final byte[] CONTENT = "the release\n".getBytes(StandardCharsets.UTF_8);
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();

  @TempDir private Path folder;
  private Path cosign = Path.of("cosign");

  @BeforeEach
  void findCosign() throws Exception {
    Stream<String> places =
        Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of(System.getProperty("user.home") + "/go/bin"));
    List<Path> found =
        places.map(place -> Path.of(place, "cosign")).filter(Files::isExecutable).toList();
    assumeTrue(!found.isEmpty(), "cosign is not on the PATH: nothing is compared with it");
    cosign = found.getFirst();
    Files.write(folder.resolve("release.json"), CONTENT);
    Files.write(folder.resolve("root.json"), SIGSTORE.trustedRoot());
  }

  @Test
  void cosignAcceptsWhatANewKeySigns() throws Exception {
    SigningKey key = SigningKey.generate(folder.resolve("lab"), PASSWORD.toCharArray());
    assertThat(cosignAccepts(key, "lab.pub", CONTENT)).isTrue();
    assertThat(cosignAccepts(key, "lab.pub", "other".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void cosignAcceptsWhatEveryKindOfKeySigns() throws Exception {
    for (Map.Entry<String, KeyPair> pair : keys().entrySet()) {
      SigningKey key = SigningKey.open(plain(pair.getValue()), new char[0]);
      Files.writeString(folder.resolve("plain.pub"), key.publicPem());
      assertThat(cosignAccepts(key, "plain.pub", CONTENT)).as(pair.getKey()).isTrue();
    }
  }

  @Test
  void cosignSignsWithTheKeyWeMade() throws Exception {
    SigningKey key = SigningKey.generate(folder.resolve("lab"), PASSWORD.toCharArray());
    assertThat(genuine(signedByCosign("lab.key"), key.publicPem())).isTrue();
  }

  @Test
  void weAcceptWhatCosignSignsWithEveryKindOfKey() throws Exception {
    for (Map.Entry<String, KeyPair> pair : keys().entrySet()) {
      plain(pair.getValue());
      String name = pair.getKey();
      must("import-key-pair", "--key", "plain.key", "--output-key-prefix", name);
      byte[] bundle = signedByCosign(name + ".key");
      String pem = Files.readString(folder.resolve(name + ".pub"));
      assertThat(genuine(bundle, pem)).as(name).isTrue();
      SigningKey opened = SigningKey.open(folder.resolve(name + ".key"), PASSWORD.toCharArray());
      assertThat(opened.publicPem()).isEqualTo(pem);
    }
  }

  @Test
  void weAgreeOnWhatAPrivateSigstoreSigned() throws Exception {
    var inTime = PrivateSigstore.SIGNED.plusSeconds(120);
    agree(true, mint());
    agree(true, mint().stampedAt(inTime));
    agree(true, mint().in(Minting.Log.REKOR_2).stampedAt(inTime));
  }

  @Test
  void weAgreeOnWhatIsAnAttack() throws Exception {
    var later = PrivateSigstore.SIGNED.plus(Duration.ofDays(30));
    agree(false, mint().integratedAt(later));
    agree(false, mint().in(Minting.Log.REKOR_2).stampedAt(later));
    agree(false, mint().in(Minting.Log.REKOR_2));
    agree(false, mint().by(Minting.IDENTITY + ".evil"));
    agree(false, mint().forPurpose(org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_emailProtection));
    agree(false, mint().withoutCertificateLog());
    agree(false, new PrivateSigstore().mint(CONTENT));
    agree(false, SIGSTORE.mint("other".getBytes(StandardCharsets.UTF_8)));
  }

  private static Minting mint() {
    return SIGSTORE.mint(CONTENT);
  }

  private void agree(boolean accepted, Minting minting) throws Exception {
    Files.write(folder.resolve("bundle.json"), minting.bundle());
    Verdict verdict =
        BlobVerifier.verify(
            new BlobVerifier.Request(
                Files.readAllBytes(folder.resolve("bundle.json")),
                new BlobVerifier.Identity(Minting.IDENTITY, Minting.ISSUER),
                Files.readAllBytes(folder.resolve("root.json")),
                new BlobVerifier.File(folder.resolve("release.json"))));
    List<String> words = new ArrayList<>();
    boolean theirs =
        run(
            words,
            "verify-blob",
            "--bundle",
            "bundle.json",
            "--trusted-root",
            "root.json",
            "--certificate-identity",
            Minting.IDENTITY,
            "--certificate-oidc-issuer",
            Minting.ISSUER,
            "release.json");
    assertThat(theirs).as("cosign: " + words).isEqualTo(accepted);
    assertThat(verdict.isGenuine()).as(verdict.words()).isEqualTo(accepted);
  }

  private boolean cosignAccepts(SigningKey key, String publicKey, byte[] content) throws Exception {
    Files.write(folder.resolve("bundle.json"), key.signBundle(content));
    return run(
        new ArrayList<>(),
        "verify-blob",
        "--key",
        publicKey,
        "--bundle",
        "bundle.json",
        "--insecure-ignore-tlog=true",
        "release.json");
  }

  private byte[] signedByCosign(String key) throws Exception {
    must("signing-config", "create", "--out", "no-services.json");
    must(
        "sign-blob",
        "--key",
        key,
        "--bundle",
        "bundle.json",
        "--signing-config",
        "no-services.json",
        "--yes",
        "release.json");
    return Files.readAllBytes(folder.resolve("bundle.json"));
  }

  private boolean genuine(byte[] bundle, String pem) throws Exception {
    return BlobVerifier.verify(
            new BlobVerifier.Request(
                bundle,
                new BlobVerifier.Key(pem.getBytes(StandardCharsets.UTF_8), "key"),
                null,
                new BlobVerifier.File(folder.resolve("release.json"))))
        .isGenuine();
  }

  private static Map<String, KeyPair> keys() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    return Map.of(
        "p384", PrivateSigstore.ec("secp384r1"),
        "rsa", rsa.generateKeyPair(),
        "ed25519", PrivateSigstore.newEd25519());
  }

  private Path plain(KeyPair pair) throws Exception {
    return Files.writeString(
        folder.resolve("plain.key"), new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).text());
  }

  private void must(String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    assertThat(run(words, arguments)).as(words.toString()).isTrue();
  }

  private boolean run(List<String> words, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(cosign.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("COSIGN_PASSWORD", PASSWORD);
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) process.destroyForcibly();
    words.add(Files.readString(output));
    return ended && process.exitValue() == 0;
  }
}
