package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Who may sign what: the whole way from a folder of policies to a verdict.
class TrustStoreTest extends TrustTrial {
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
  void aBrokenTrustedRootIsAnError() throws Exception {
    Files.writeString(folder.resolve("trusted_root.json"), "{\"tlogs\": 3}");
    assertThatThrownBy(() -> TrustStore.open(folder))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("trusted_root.json");
  }
}
