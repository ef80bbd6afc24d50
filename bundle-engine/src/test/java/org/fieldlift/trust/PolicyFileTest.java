package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
  private static final String GOOD =
      """
      product: github.com/PlanktoScope/*
      signers:
        - keyless:
            issuer: https://token.actions.githubusercontent.com
            identity: '^https://github\\.com/PlanktoScope/[^/]+/release\\.yml@refs/tags/v.*$'
            claims: { source-repository-owner-id: "123456" }
        - key: keys/lab-2026.pub
      accept: [ bundle ]
      minimum-sequence: 20241023155628
      deny: { identities: [ a@b.org ], digests: [] }
      """;

  @Test
  void everyFieldIsRead() throws Exception {
    assertThat(parse(GOOD))
        .isEqualTo(
            new Policy(
                "rule",
                "github.com/PlanktoScope/*",
                List.of(
                    new Policy.Keyless(
                        "https://token.actions.githubusercontent.com",
                        "^https://github\\.com/PlanktoScope/[^/]+/release\\.yml@refs/tags/v.*$",
                        Map.of("source-repository-owner-id", "123456")),
                    new Policy.Key("keys/lab-2026.pub")),
                List.of("bundle"),
                20241023155628L,
                new Policy.Deny(List.of("a@b.org"), List.of())));
  }

  @Test
  void whatIsLeftOutIsTheCarefulChoice() throws Exception {
    assertThat(parse("product: x\nsigners: [ key: keys/a.pub ]"))
        .isEqualTo(
            new Policy(
                "rule",
                "x",
                List.of(new Policy.Key("keys/a.pub")),
                List.of("bundle"),
                0,
                new Policy.Deny(List.of(), List.of())));
  }

  @Test
  void anErrorNamesFileAndField() {
    refused("product:", "prodct:", "prodct");
    refused("product: github.com/PlanktoScope/*", "product: 7", "product");
    refused("- key: keys/lab-2026.pub", "- key: ../../etc/x.pub", "signers[2].key");
    refused("- key: keys/lab-2026.pub", "- keys: keys/lab-2026.pub", "signers[2].keys");
    refused("- key: keys/lab-2026.pub", "- { key: keys/a.pub, keyless: {} }", "only one");
    refused("- key: keys/lab-2026.pub", "- {}", "signers[2]");
    refused("- key: keys/lab-2026.pub", "- lab", "signers[2]");
    refused("issuer:", "isuer:", "isuer");
    refused("'^https", "'[^https", "identity");
    refused("'^https", "'(^https", "no regular expression");
    refused("\"123456\"", "123456", "source-repository-owner-id");
    refused("source-repository-owner-id", "owner", "claims.owner");
    refused("[ bundle ]", "[ bundle, oci-bundle ]", "oci-bundle, which is not supported yet");
    refused("[ bundle ]", "[ detached-signature ]", "not supported yet");
    refused("[ bundle ]", "[ anything ]", "not known");
    refused("[ bundle ]", "bundle", "accept");
    refused("minimum-sequence: 2024", "minimum-sequence: -2024", "minimum-sequence");
    refused("minimum-sequence: 2024", "minimum-sequence: 999999999992024", "too large");
    refused("minimum-sequence: 2024", "minimum-sequence: x", "minimum-sequence");
    refused("identities:", "identity:", "deny.identity");
    refused("[ a@b.org ]", "[ 7 ]", "deny.identities");
    refused("[ a@b.org ]", "[ 'a(@b.org' ]", "a(@b.org, no regular expression");
    refused("digests: []", "digests: [ abc ]", "deny.digests");
    refused("deny: { identities: [ a@b.org ], digests: [] }", "deny: all", "deny");
    refused("product:", "product: x\nproduct:", "rule.yml");
  }

  private static void refused(String good, String bad, String named) {
    assertThat(GOOD).contains(good);
    assertThatThrownBy(() -> parse(GOOD.replace(good, bad)))
        .as(bad)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("rule.yml")
        .hasMessageContaining(named);
  }

  @Test
  void aRuleNeedsAProductAndASigner() {
    for (String text : List.of("", "product: x", "product: x\nsigners: []", "signers: []")) {
      assertThatThrownBy(() -> parse(text)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void anIdentityThatAnybodyHasIsRefused() {
    for (String anybody : List.of(".*", ".+", "(?s).*", "[^/]*", "a|.*", "^.*$")) {
      assertThatThrownBy(() ->
              parse(GOOD.replaceFirst("identity: '.*'", "identity: 'X'").replace("X", anybody)))
          .as(anybody)
          .hasMessageContaining("anybody");
    }
  }

  /// It would deny nobody, and its author would never hear of it.
  @Test
  void aDenialThatMeansNobodyIsRefused() {
    for (String nobody :
        List.of(
            "lab",
            "lab.pub",
            "keys/",
            "keys/lab.pem",
            "keys/../lab.pub",
            "keys/lab@home.pub",
            "/etc/lab.pub",
            "C:\\keys\\lab.pub",
            "0123456789ab",
            "sha256:0123456789ab",
            "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            "ab".repeat(31) + "xy",
            "a@b.org, c@d.org",
            " a@b.org",
            ".*github.com/evil/.*",
            "-----BEGIN PUBLIC KEY-----")) {
      refused("[ a@b.org ]", "[ '" + nobody + "' ]", "names " + nobody + ", which is nobody");
    }
  }

  @Test
  void aDenialMeansAKeyAKeyFileOrAnIdentity() {
    Digest digest = new Digest("ab".repeat(32));
    for (String text : List.of(digest.hex(), digest.toString(), "sha256:" + "AB".repeat(32))) {
      assertThat(Denial.of(text)).as(text).isEqualTo(new Denial.Fingerprint(digest));
    }
    assertThat(Denial.of("keys/lab-2026.pub")).isEqualTo(new Denial.KeyInFile("keys/lab-2026.pub"));
    for (String text :
        List.of(
            "a@b.org",
            "1+dependabot[bot]@users.noreply.github.com",
            "https://github.com/a/b/.github/workflows/x.yml@refs/tags/v1+2")) {
      assertThat(Denial.of(text))
          .isInstanceOfSatisfying(
              Denial.Identity.class,
              identity -> {
                assertThat(identity.covers(text)).as(text).isTrue();
                assertThat(identity.covers(text + "x")).isFalse();
              });
    }
    for (String pattern :
        List.of("https:\\/\\/github\\.com\\/evil\\/.*", "^https?://.*/evil/.*$")) {
      assertThat(Denial.of(pattern))
          .isInstanceOfSatisfying(
              Denial.Identity.class,
              identity -> {
                assertThat(identity.covers("https://github.com/evil/x")).as(pattern).isTrue();
                assertThat(identity.covers("https://github.com/good/x")).isFalse();
              });
    }
  }

  /// What the page on formats shows is what is read.
  @Test
  void theExampleOfThePageOnFormatsIsARule() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "formats.md"));
    String section = page.substring(page.indexOf("\n## 8. Rules of trust\n"));
    String example = section.split("```yaml\n")[1].split("```")[0];
    assertThat(parse(example))
        .isEqualTo(
            new Policy(
                "rule",
                "example.org/lab/*",
                List.of(
                    new Policy.Key("keys/lab-2026.pub"),
                    new Policy.Keyless(
                        "https://token.actions.githubusercontent.com",
                        "^https://github\\.com/example/scope/\\.github/workflows/release\\.yml@refs/tags/v.*$",
                        Map.of("source-repository-owner-id", "123456"))),
                List.of("bundle"),
                20241023155628L,
                new Policy.Deny(
                    List.of(
                        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        "keys/lab-2024.pub",
                        "guest@example.org",
                        "^https://github\\.com/example/scope/.*@refs/heads/.*$"),
                    List.of(
                        "sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))));
    for (String claim : FulcioClaims.names()) assertThat(section).contains("`" + claim + "`");
  }

  @Test
  void namesThatAreNoFileNamesAreRefused() {
    for (String name : List.of("", "..", "../x", "a/b", ".hidden", "a b", "x".repeat(101))) {
      assertThatThrownBy(() -> PolicyFile.fileName(name)).as(name).isInstanceOf(Problem.class);
    }
  }

  @Test
  void aWrittenPolicyIsReadableByPeople() throws Exception {
    assertThat(new String(PolicyText.of(parse(GOOD)), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            product: 'github.com/PlanktoScope/*'
            signers:
              - keyless:
                  issuer: 'https://token.actions.githubusercontent.com'
                  identity: '^https://github\\.com/PlanktoScope/[^/]+/release\\.yml@refs/tags/v.*$'
                  claims:
                    'source-repository-owner-id': '123456'
              - key: 'keys/lab-2026.pub'
            accept:
              - 'bundle'
            minimum-sequence: 20241023155628
            deny:
              identities:
                - 'a@b.org'
              digests: []
            """);
  }

  @Test
  void textThatWouldAddLinesIsNotWritten() throws Exception {
    Policy good = parse(GOOD);
    for (String product : List.of("x\nsigners: []", "x\u202ey", "\u0000")) {
      Policy bad =
          new Policy(
              "rule", product, good.signers(), good.accept(), good.minimumSequence(), good.deny());
      assertThatThrownBy(() -> PolicyText.of(bad)).isInstanceOf(Problem.class);
    }
  }

  @Property(tries = 100)
  void whatIsWrittenReadsBackTheSame(@ForAll("policies") Policy policy) throws Exception {
    assertThat(parse(PolicyText.of(policy))).isEqualTo(policy);
  }

  @Provide
  Arbitrary<Policy> policies() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars("abcZ09'\"\\:#-{}[]*&!|>%@,.?/é你 ")
            .ofMinLength(1)
            .ofMaxLength(30)
            .map(middle -> "x" + middle + "y");
    Arbitrary<String> denied =
        Arbitraries.oneOf(
            Arbitraries.of("keys/a.pub", "AB".repeat(32), "sha256:" + "ab".repeat(32)),
            text.map(name -> java.util.regex.Pattern.quote(name.replace(" ", "")) + "@y"));
    Arbitrary<Policy.AllowedSigner> signer =
        Arbitraries.oneOf(
            Arbitraries.of("keys/a.pub", "keys/lab-2026.pub").map(Policy.Key::new),
            Combinators.combine(
                    text,
                    text.map(java.util.regex.Pattern::quote),
                    Arbitraries.of(true, false),
                    text)
                .as((issuer, identity, claimed, claim) ->
                    new Policy.Keyless(
                        issuer,
                        identity,
                        claimed ? Map.of("runner-environment", claim) : Map.of())));
    return Combinators.combine(
            text,
            signer.list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(List.of("bundle"), List.<String>of()),
            Arbitraries.longs().greaterOrEqual(0),
            denied.list().ofMaxSize(3))
        .as((product, signers, accept, sequence, identities) ->
            new Policy(
                "rule",
                product,
                signers,
                accept,
                sequence,
                new Policy.Deny(identities, List.of("sha256:" + "ab".repeat(32)))));
  }

  private static Policy parse(String text) throws Problem {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Policy parse(byte[] yaml) throws Problem {
    return PolicyFile.parse(yaml, "rule", new RuleOrigin.File("rule.yml"));
  }
}
