package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Rules and keys as they come into a trust folder, and as they go.
class RuleFilesTest extends TrustTrial {
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

  @Test
  void theSameRuleAgainChangesNothing() throws Exception {
    Policy rule = rule("acme", PRODUCT, keyless(PATTERN));
    TrustStore store = storeWith(rule);
    store.add(rule("acme", PRODUCT, keyless(PATTERN)));
    assertThat(TrustStore.open(folder).policies()).containsExactly(rule);
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
  void aKeyIsNeverReplacedByAnother() throws Exception {
    TrustStore store = TrustStore.open(folder);
    byte[] key = pem(PrivateSigstore.ec("secp256r1"));
    assertThat(store.addKey("lab", key)).isEqualTo(new Policy.Key("keys/lab.pub"));
    assertThat(store.addKey("lab", key)).isEqualTo(new Policy.Key("keys/lab.pub"));
    store.add(rule("lab", PRODUCT, new Policy.Key("keys/lab.pub")));
    assertThat(folder.resolve("keys/lab.pub")).hasBinaryContent(key);
    for (TrustStore reader : List.of(store, TrustStore.open(folder))) {
      KeyPair other = PrivateSigstore.ec("secp256r1");
      String fingerprint = Digest.of(other.getPublic().getEncoded()).brief();
      assertThat(reader.addKey("lab", pem(other)))
          .isEqualTo(new Policy.Key("keys/lab-" + fingerprint + ".pub"));
      assertThat(reader.addKey("lab", key)).isEqualTo(new Policy.Key("keys/lab.pub"));
    }
    assertThat(folder.resolve("keys/lab.pub")).hasBinaryContent(key);
    assertThatThrownBy(() -> store.addKey("../lab", key)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> store.addKey("x", "no key".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aKeyThatIsReplacedByTheNextGoesWithItsRule() throws Exception {
    KeyPair old = PrivateSigstore.ec("secp256r1");
    KeyPair next = PrivateSigstore.ec("secp256r1");
    TrustStore store = TrustStore.open(folder);
    store.add(rule("lab", PRODUCT, store.addKey("lab", pem(old))));
    store.replace(rule("lab", PRODUCT, store.addKey("lab", pem(next))));
    for (TrustStore reader : List.of(store, TrustStore.open(folder))) {
      assertThat(reader.judge(RELEASE, signed(next), CLAIMS).isGenuine()).isTrue();
      assertThat(reader.judge(RELEASE, signed(old), CLAIMS).isGenuine()).isFalse();
    }
    assertThat(keyFiles()).hasSize(1).doesNotContain("lab.pub");
    store.replace(rule("lab", PRODUCT, store.addKey("lab", pem(old))));
    assertThat(keyFiles()).containsExactly("lab.pub");
    TrustStore.remove(folder, "lab");
    assertThat(keyFiles()).isEmpty();
  }

  @Test
  void aKeyThatAnotherRuleNamesStaysWhenItsRuleGoes() throws Exception {
    byte[] key = pem(PrivateSigstore.ec("secp256r1"));
    TrustStore store = TrustStore.open(folder);
    Policy.Key shared = store.addKey("one", key);
    store.add(rule("one", PRODUCT, shared));
    Policy.Deny deny = new Policy.Deny(List.of(shared.file()), List.of());
    store.add(new Policy("two", "*", List.of(keyless(PATTERN)), accept(), 0, deny));
    TrustStore.remove(folder, "one");
    assertThat(keyFiles()).containsExactly("one.pub");
    assertThat(TrustStore.open(folder).policies()).hasSize(1);
    TrustStore.remove(folder, "two");
    assertThat(keyFiles()).isEmpty();
  }

  /// Three may name it, for all one can tell.
  @Test
  void noKeyGoesWhileSomeRuleCannotBeRead() throws Exception {
    TrustStore store = TrustStore.open(folder);
    store.add(rule("one", PRODUCT, store.addKey("one", pem(PrivateSigstore.ec("secp256r1")))));
    Files.writeString(folder.resolve("policies/three.yml"), "signers: [");
    TrustStore.remove(folder, "one");
    assertThat(keyFiles()).containsExactly("one.pub");
  }

  @Test
  void theKeyOfARuleThatIsRefusedIsNotFiled() throws Exception {
    TrustStore store = TrustStore.open(folder);
    store.add(rule("lab", PRODUCT, store.addKey("lab", pem(PrivateSigstore.ec("secp256r1")))));
    List<String> before = keyFiles();
    Policy.Key other = store.addKey("lab", pem(PrivateSigstore.ec("secp256r1")));
    assertThatThrownBy(() -> store.add(rule("lab", PRODUCT, other))).isInstanceOf(Problem.class);
    Policy nothing = rule("new", "", store.addKey("new", pem(PrivateSigstore.ec("secp256r1"))));
    assertThatThrownBy(() -> store.add(nothing)).isInstanceOf(Problem.class);
    assertThat(keyFiles()).isEqualTo(before);
  }

  private List<String> keyFiles() throws Exception {
    try (var names = Files.list(folder.resolve("keys"))) {
      return names.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] signed(KeyPair key) {
    return SIGSTORE.mint(RELEASE).keyed(key).in(Minting.Log.NONE).bundle();
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
}
