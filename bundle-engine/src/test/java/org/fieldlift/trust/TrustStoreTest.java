package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may sign what: the whole way from a folder of policies to a verdict.
class TrustStoreTest {
  private static final PrivateSigstore SIGSTORE = new PrivateSigstore();
  private static final byte[] RELEASE = "the release".getBytes(StandardCharsets.UTF_8);
  private static final String PRODUCT = "github.com/acme/os";
  private static final Claims.Reader CLAIMS = _ -> new Claims(PRODUCT, 100);
  private static final String PATTERN =
      "https://github\\.com/acme/os/\\.github/workflows/release\\.yml@refs/tags/v.*";
  private static final byte[] BUNDLE = SIGSTORE.mint(RELEASE).bundle();
  private static final Policy.Deny NOTHING = new Policy.Deny(List.of(), List.of());

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void pinThePrivateRoot() throws Exception {
    folder = temporary.resolve("trust");
    Files.createDirectories(folder);
    Files.write(folder.resolve("trusted_root.json"), SIGSTORE.trustedRoot());
  }

  @Test
  void aFolderThatIsNotThereTrustsNobody() throws Exception {
    TrustStore store = TrustStore.open(temporary.resolve("missing"));
    assertThat(store.policies()).isEmpty();
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isFalse();
    assertThat(temporary.resolve("missing")).doesNotExist();
  }

  @Test
  void withoutARuleTheSignerIsNamedButNotTrusted() throws Exception {
    Verdict verdict = TrustStore.open(folder).judge(RELEASE, BUNDLE, CLAIMS);
    assertThat(verdict)
        .isEqualTo(
            new Verdict.NotAllowed(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY),
                PrivateSigstore.SIGNED.plusSeconds(60),
                "No rule says who may sign github.com/acme/os."));
  }

  @Test
  void aSignerWhomARuleNamesIsTrusted() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS))
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY),
                PrivateSigstore.SIGNED.plusSeconds(60),
                1001L,
                "acme"));
  }

  @Test
  void aRuleIsStillThereAfterReopeningAndGoneAfterRemoval() throws Exception {
    Policy rule = rule("acme", "github.com/acme/*", keyless(PATTERN));
    storeWith(rule);
    TrustStore reopened = TrustStore.open(folder);
    assertThat(reopened.policies()).containsExactly(rule);
    assertThat(TrustStore.remove(folder, "acme")).isTrue();
    assertThat(TrustStore.remove(folder, "acme")).isFalse();
    assertThat(TrustStore.open(folder).policies()).isEmpty();
    assertThat(TrustStore.open(folder).judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isFalse();
  }

  @Test
  void aRuleOfTheSameNameIsReplacedWhenAsked() throws Exception {
    TrustStore store = storeWith(rule("acme", "other", keyless(PATTERN)));
    store.replace(rule("acme", PRODUCT, keyless(PATTERN)));
    assertThat(store.policies()).hasSize(1);
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
  }

  /// Or its denials and its floor would be gone without a word.
  @Test
  void aNameThatIsTakenIsRefusedAndItsRuleStays() throws Exception {
    Policy strict =
        new Policy(
            "acme",
            PRODUCT,
            List.of(owner(Minting.OWNER_ID)),
            accept(),
            101,
            new Policy.Deny(List.of(Minting.IDENTITY), List.of()));
    TrustStore store = storeWith(strict);
    Policy lax = rule("acme", PRODUCT, keyless(PATTERN));
    assertThatThrownBy(() -> store.add(lax))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
              assertThat(problem.what()).contains("a rule acme already");
              assertThat(problem.next()).contains("trust remove acme");
            });
    assertThat(store.policies()).containsExactly(strict);
    assertThat(TrustStore.open(folder).policies()).containsExactly(strict);
  }

  /// Somebody else may have made it since the folder was read.
  @Test
  void aRuleThatAppearedMeanwhileIsNotReplacedEither() throws Exception {
    TrustStore early = TrustStore.open(folder);
    storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    Policy late = rule("acme", "other", keyless(PATTERN));
    assertThatThrownBy(() -> early.add(late)).hasMessageContaining("a rule acme already");
    assertThat(TrustStore.open(folder).policies().getFirst().product()).isEqualTo(PRODUCT);
  }

  @Test
  void nothingUnsignedIsTrusted() throws Exception {
    TrustStore store = storeWith(rule("acme", "*", keyless(PATTERN)));
    assertThat(store.judge(RELEASE, null, CLAIMS)).isEqualTo(new Verdict.Unsigned());
  }

  @Test
  void claimsAreNotReadBeforeTheSignatureHolds() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    AtomicBoolean read = new AtomicBoolean();
    Verdict verdict =
        store.judge(
            "the Release".getBytes(StandardCharsets.UTF_8),
            BUNDLE,
            _ -> {
              read.set(true);
              return new Claims(PRODUCT, 100);
            });
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    assertThat(read).isFalse();
  }

  @Test
  void claimsThatCannotBeReadAreAVerdict() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    assertThat(
            store
                .judge(
                    RELEASE,
                    BUNDLE,
                    _ -> {
                      throw Problem.notGenuine("It is nonsense.", "Stop.");
                    })
                .words())
        .contains("It is nonsense.");
    assertThat(
            store
                .judge(
                    RELEASE,
                    BUNDLE,
                    _ -> {
                      throw new IllegalStateException("defect");
                    })
                .isGenuine())
        .isFalse();
  }

  @Test
  void theIdentityMustMatchFromEndToEnd() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless("https://github\\.com/acme/os")));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
    store.replace(rule("acme", PRODUCT, keyless("^" + PATTERN + "$")));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
    byte[] evil = SIGSTORE.mint(RELEASE).by("https://evil.example/?" + Minting.IDENTITY).bundle();
    assertThat(store.judge(RELEASE, evil, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void anotherIssuerIsRefused() throws Exception {
    TrustStore store =
        storeWith(
            rule("acme", PRODUCT, new Policy.Keyless("https://evil.example", PATTERN, Map.of())));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void everyClaimMustBeEqual() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, owner(Minting.OWNER_ID)));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
    store.replace(rule("acme", PRODUCT, owner("654321")));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
    store.replace(
        rule(
            "acme",
            PRODUCT,
            new Policy.Keyless(Minting.ISSUER, PATTERN, Map.of("build-trigger", "push"))));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void aRuleForAnotherProductDoesNotCount() throws Exception {
    TrustStore store = storeWith(rule("acme", "github.com/acme/other", keyless(PATTERN)));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
    store.add(rule("all", "github.com/*/os", keyless(PATTERN)));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
  }

  @Test
  void aProductPatternKnowsOnlyTheStar() {
    assertThat(PolicyCheck.covers("a.c/*", "a.c/d/e")).isTrue();
    assertThat(PolicyCheck.covers("a.c/*", "abc/d")).isFalse();
    assertThat(PolicyCheck.covers("a.c/*", "evil/a.c/d")).isFalse();
    assertThat(PolicyCheck.covers("*", "")).isTrue();
    assertThat(PolicyCheck.covers("a*c*", "abc\nd")).isTrue();
    assertThat(PolicyCheck.covers("a", "aa")).isFalse();
    assertThat(PolicyCheck.covers("\\E*", "\\Ex")).isTrue();
  }

  @Test
  void whatIsOlderThanTheFloorIsRefusedWhicheverRuleSaysSo() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    store.add(
        new Policy("floor", "*", List.of(new Policy.Key("keys/lab.pub")), accept(), 101, NOTHING));
    Verdict verdict = store.judge(RELEASE, BUNDLE, CLAIMS);
    assertThat(verdict).isInstanceOf(Verdict.NotAllowed.class);
    assertThat(verdict.words()).contains("older").contains("floor").contains("101");
    assertThat(store.judge(RELEASE, BUNDLE, _ -> new Claims(PRODUCT, 101)).isGenuine()).isTrue();
  }

  @Test
  void whatOneRuleDeniesNoOtherAllows() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    for (Policy.Deny deny :
        List.of(
            new Policy.Deny(List.of(Minting.IDENTITY), List.of()),
            new Policy.Deny(List.of("https://github\\.com/acme/.*"), List.of()),
            new Policy.Deny(List.of(Digest.of(RELEASE).hex()), List.of()),
            new Policy.Deny(List.of(), List.of(Digest.of(RELEASE).toString())),
            new Policy.Deny(List.of(), List.of(Digest.of(RELEASE).hex())))) {
      store.replace(new Policy("deny", "*", List.of(keyless("nobody@x")), accept(), 0, deny));
      Verdict verdict = store.judge(RELEASE, BUNDLE, CLAIMS);
      assertThat(verdict).isInstanceOf(Verdict.NotAllowed.class);
      assertThat(verdict.words()).contains("deny");
    }
    TrustStore.remove(folder, "deny");
    assertThat(TrustStore.open(folder).judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
  }

  @Test
  void aDeniedKeyIsRefused() throws Exception {
    KeyPair key = PrivateSigstore.ec("secp256r1");
    TrustStore store = TrustStore.open(folder);
    Policy.Key named = store.addKey("lab", pem(key));
    String fingerprint = Digest.of(key.getPublic().getEncoded()).toString();
    store.add(rule("lab", PRODUCT, named));
    byte[] bundle = SIGSTORE.mint(RELEASE).keyed(key).in(Minting.Log.NONE).bundle();
    assertThat(store.judge(RELEASE, bundle, CLAIMS).isGenuine()).isTrue();
    for (Policy.Deny deny :
        List.of(
            new Policy.Deny(List.of(fingerprint), List.of()),
            new Policy.Deny(List.of(Digest.parse(fingerprint).hex()), List.of()),
            new Policy.Deny(List.of(fingerprint.toUpperCase(Locale.ROOT)), List.of()),
            new Policy.Deny(List.of(), List.of(fingerprint)),
            new Policy.Deny(List.of(named.file()), List.of()))) {
      store.replace(new Policy("lab", PRODUCT, List.of(named), accept(), 0, deny));
      assertThat(store.judge(RELEASE, bundle, CLAIMS))
          .as(deny.toString())
          .isInstanceOfSatisfying(
              Verdict.NotAllowed.class,
              verdict -> assertThat(verdict.why()).isEqualTo("The rule lab denies it."));
      assertThat(TrustStore.open(folder).judge(RELEASE, bundle, CLAIMS))
          .isInstanceOf(Verdict.NotAllowed.class);
    }
  }

  /// The key of a person who left: no rule trusts it by this name, another still does.
  @Test
  void aKeyFileThatIsDeniedIsDeniedUnderEveryName() throws Exception {
    KeyPair key = PrivateSigstore.ec("secp256r1");
    TrustStore store = TrustStore.open(folder);
    store.add(rule("lab", PRODUCT, store.addKey("lab", pem(key))));
    byte[] bundle = SIGSTORE.mint(RELEASE).keyed(key).in(Minting.Log.NONE).bundle();
    Policy.Key left = store.addKey("left", pem(key));
    Policy.Deny deny = new Policy.Deny(List.of(left.file()), List.of());
    store.add(new Policy("deny", "*", List.of(keyless(PATTERN)), accept(), 0, deny));
    assertThat(store.judge(RELEASE, bundle, CLAIMS).words()).contains("The rule deny denies it");
    Files.delete(folder.resolve(left.file()));
    assertThatThrownBy(() -> TrustStore.open(folder))
        .hasMessageContaining("left.pub")
        .hasMessageContaining("rule deny")
        .hasMessageContaining("missing");
  }

  @Test
  void aRuleThatAcceptsNoBundlesAllowsNothing() throws Exception {
    TrustStore store =
        storeWith(new Policy("acme", PRODUCT, List.of(keyless(PATTERN)), List.of(), 0, NOTHING));
    assertThat(store.judge(RELEASE, BUNDLE, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void aKeyOfOneProductDoesNotSignAnother() throws Exception {
    KeyPair one = PrivateSigstore.ec("secp256r1");
    KeyPair two = PrivateSigstore.ec("secp256r1");
    TrustStore store = TrustStore.open(folder);
    store.add(rule("one", PRODUCT, store.addKey("one", pem(one))));
    store.add(rule("two", "other", store.addKey("two", pem(two))));
    byte[] byOne = SIGSTORE.mint(RELEASE).keyed(one).bundle();
    byte[] byTwo = SIGSTORE.mint(RELEASE).keyed(two).bundle();
    byte[] byNobody = SIGSTORE.mint(RELEASE).keyed(PrivateSigstore.ec("secp256r1")).bundle();
    assertThat(store.judge(RELEASE, byOne, CLAIMS))
        .isInstanceOfSatisfying(
            Verdict.Genuine.class,
            genuine ->
                assertThat(genuine.signer())
                    .isEqualTo(new Signer.Key(Digest.of(one.getPublic().getEncoded()), "one")));
    assertThat(store.judge(RELEASE, byTwo, CLAIMS)).isInstanceOf(Verdict.NotAllowed.class);
    assertThat(store.judge(RELEASE, byNobody, CLAIMS).words()).contains("no rule here names");
  }

  @Test
  void anAttestationIsNoSignature() throws Exception {
    TrustStore store = storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    byte[] signature = SIGSTORE.mint(RELEASE).stating(Minting.SIGNATURE_STATEMENT).bundle();
    byte[] attestation = SIGSTORE.mint(RELEASE).stating("https://slsa.dev/provenance/v1").bundle();
    assertThat(store.judge(RELEASE, signature, CLAIMS).isGenuine()).isTrue();
    assertThat(store.judge(RELEASE, attestation, CLAIMS).words()).contains("nobody signed it");
  }

  @Test
  void oneBrokenFileAndNothingIsTrusted() throws Exception {
    storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    Path policies = folder.resolve("policies");
    for (String broken : List.of("product: [", "product: 7", "product: x\nsigners: []", "[]")) {
      assertThatThrownBy(() -> openWith("policies/broken.yml", broken))
          .isInstanceOf(Problem.class)
          .hasMessageContaining(policies.resolve("broken.yml").toString())
          .extracting(problem -> ((Problem) problem).next())
          .isEqualTo("Correct the file or remove it; until then nothing is trusted.");
    }
    assertThatThrownBy(() -> openWith("policies/deny.yaml", "product: x"))
        .hasMessageContaining("must end in .yml");
    assertThatThrownBy(() -> openWith("policies/my rule.yml", "product: x"))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
        .hasMessageContaining(policies.resolve("my rule.yml").toString())
        .hasMessageContaining("letters, digits");
    assertThat(openWith("policies/.notes", "an editor's file").policies()).hasSize(1);
  }

  @Test
  void whatIsBrokenCanBeRemovedByItsName() throws Exception {
    storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    for (String broken : List.of("product: [", "product: x\nsigners: [ key: keys/gone.pub ]\n")) {
      Path file = folder.resolve("policies/broken.yml");
      Files.writeString(file, broken);
      assertThatThrownBy(() -> TrustStore.open(folder)).isInstanceOf(Problem.class);
      assertThat(TrustStore.remove(folder, "broken")).isTrue();
      assertThat(file).doesNotExist();
      assertThat(TrustStore.open(folder).judge(RELEASE, BUNDLE, CLAIMS).isGenuine()).isTrue();
    }
    Path inTheWay = folder.resolve("policies/broken.yml");
    Files.createDirectories(inTheWay.resolve("x"));
    assertThatThrownBy(() -> TrustStore.remove(folder, "broken"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(inTheWay.toString());
  }

  @Test
  void aKeyThatARuleNamesMustBeThereAndWhole() throws Exception {
    storeWith(rule("acme", PRODUCT, keyless(PATTERN)));
    String rule = "product: x\nsigners: [ key: keys/gone.pub ]\n";
    assertThatThrownBy(() -> openWith("policies/lab.yml", rule))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("gone.pub")
        .hasMessageContaining("rule lab")
        .hasMessageContaining("missing");
    Files.writeString(folder.resolve("policies/lab.yml"), rule);
    Files.createDirectories(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/gone.pub"), "nonsense");
    assertThatThrownBy(() -> TrustStore.open(folder)).hasMessageContaining("cannot be used");
  }

  @Test
  void aRuleThatNamesAMissingKeyIsNotAdded() throws Exception {
    TrustStore store = TrustStore.open(folder);
    assertThatThrownBy(() -> store.add(rule("lab", "x", new Policy.Key("keys/gone.pub"))))
        .isInstanceOf(Problem.class);
    assertThat(store.policies()).isEmpty();
    assertThat(folder.resolve("policies/lab.yml")).doesNotExist();
  }

  @Test
  void aBrokenTrustedRootIsAnError() throws Exception {
    Files.writeString(folder.resolve("trusted_root.json"), "{\"tlogs\": 3}");
    assertThatThrownBy(() -> TrustStore.open(folder))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("trusted_root.json");
  }

  @Test
  void aKeyIsNeverReplacedByAnother() throws Exception {
    TrustStore store = TrustStore.open(folder);
    byte[] key = pem(PrivateSigstore.ec("secp256r1"));
    assertThat(store.addKey("lab", key)).isEqualTo(new Policy.Key("keys/lab.pub"));
    store.addKey("lab", key);
    assertThatThrownBy(() -> store.addKey("lab", pem(PrivateSigstore.ec("secp256r1"))))
        .hasMessageContaining("another key");
    assertThatThrownBy(() -> store.addKey("../lab", key)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> store.addKey("x", "no key".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Problem.class);
  }

  private TrustStore openWith(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    try {
      return TrustStore.open(folder);
    } finally {
      Files.delete(path);
    }
  }

  private TrustStore storeWith(Policy rule) throws Exception {
    TrustStore store = TrustStore.open(folder);
    store.addKey("lab", pem(PrivateSigstore.ec("secp256r1")));
    store.add(rule);
    return store;
  }

  private static Policy rule(String name, String product, Policy.AllowedSigner signer) {
    return new Policy(name, product, List.of(signer), accept(), 0, NOTHING);
  }

  private static List<String> accept() {
    return List.of("bundle");
  }

  private static Policy.Keyless keyless(String identity) {
    return new Policy.Keyless(Minting.ISSUER, identity, Map.of());
  }

  private static Policy.Keyless owner(String id) {
    return new Policy.Keyless(Minting.ISSUER, PATTERN, Map.of("source-repository-owner-id", id));
  }

  private static byte[] pem(KeyPair key) {
    return new Pem("PUBLIC KEY", key.getPublic().getEncoded())
        .text()
        .getBytes(StandardCharsets.UTF_8);
  }
}
