package org.fieldlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fieldlift.cli.TestStation.Said;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.StationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Rules as they are typed, and files that are judged without any.
class TrustCommandTest {
  private static final String DENIED = "sha256:" + "ab".repeat(32);
  private static final String STRICT =
      """
      product: example.org/*
      signers:
        - keyless:
            issuer: https://id.example.org
            identity: lab@example\\.org
            claims: { source-repository-owner-id: '123456' }
      minimum-sequence: 7
      deny: { identities: [ guest@example.org ], digests: [ '%s' ] }
      """
          .formatted(DENIED);

  @TempDir Path folder;

  @Test
  void aRuleOfATakenNameIsRefusedUnlessItMayBeReplaced() throws IOException {
    Path rule = rule("lab", STRICT);
    String[] add = {
      "trust", "add", "lab", "--product", "*", "--certificate-oidc-issuer", "https://id.example.org"
    };
    String[] who = {"--certificate-identity-regexp", "lab@example\\.org"};
    Said refused = run(Stream.of(add, who).flatMap(Stream::of).toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("a rule lab already", "trust remove lab", "--replace");
    assertThat(rule).hasContent(STRICT);
    String[] anyway = {"--replace"};
    Said replaced = run(Stream.of(add, who, anyway).flatMap(Stream::of).toArray(String[]::new));
    assertThat(replaced.code()).as(replaced.err()).isZero();
    assertThat(rule).content().contains("product: '*'").doesNotContain("minimum-sequence");
  }

  /// Everybody's key is called cosign.pub.
  @Test
  void keysOfOneNameAndOfOddNamesAreFiledByRule() throws IOException {
    List<Path> keys = List.of(key("a", "cosign"), key("b", "cosign"), key("c", "my key (2026)"));
    for (int i = 0; i < keys.size(); i++) {
      Said said =
          run("trust", "add", "rule-" + i, "--product", "*", "--key", keys.get(i).toString());
      assertThat(said.code()).as(said.err()).isZero();
      assertThat(folder.resolve("station/trust/keys/rule-" + i + ".pub"))
          .hasSameBinaryContentAs(keys.get(i));
    }
    Path note = Files.writeString(folder.resolve("note.pub"), "no key");
    Said said = run("trust", "add", "note", "--product", "*", "--key", note.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("The key for the rule note is no usable public key");
  }

  @Test
  void aBrokenRuleIsNamedByItsPathAndCanBeRemoved() throws IOException {
    Path broken = rule("broken", "product: [");
    Said list = run("trust", "list");
    assertThat(list.code()).isEqualTo(3);
    assertThat(list.err()).contains(broken.toString(), "Correct the file or remove it");
    assertThat(run("trust", "remove", "broken").code()).isZero();
    assertThat(run("trust", "list").code()).isZero();
    assertThat(run("trust", "remove", "broken").code()).isEqualTo(2);
  }

  /// There is no file to correct, and what was trusted before still is.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          --certificate-identity-regexp, .*, its identity would let anybody sign
          --certificate-identity-regexp, (,  its identity is no regular expression
          --certificate-identity-regexp, "", its identity is empty
          --certificate-oidc-issuer,     "", its issuer is empty
          --product,                     "", its product is empty
          """)
  void anArgumentThatMakesNoRuleIsNamed(String option, String value, String words) {
    Map<String, String> options = new TreeMap<>();
    options.put("--product", "example.org/*");
    options.put("--certificate-oidc-issuer", "https://id.example.org");
    options.put("--certificate-identity-regexp", "lab@example\\.org");
    options.put(option, value);
    List<String> line = new ArrayList<>(List.of("trust", "add", "lab"));
    options.forEach((name, argument) -> line.addAll(List.of(name, argument)));
    Said said = run(line.toArray(String[]::new));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("The rule lab cannot be made: " + words)
        .contains("Nothing was changed");
    assertThat(folder.resolve("station/trust")).doesNotExist();
  }

  @Test
  void aBlobIsJudgedWithoutAStation() throws IOException {
    byte[] content = "the file".getBytes(StandardCharsets.UTF_8);
    Path blob = Files.write(folder.resolve("blob"), content);
    SigningKey key = SigningKey.generate(folder.resolve("lab"), new char[0]);
    Path bundle = Files.write(folder.resolve("blob.sigstore.json"), key.signBundle(content));
    for (String named :
        List.of(
            blob.toString(),
            Digest.of(content).toString(),
            "sha256:" + Digest.of(content).hex().toUpperCase(Locale.ROOT))) {
      Said said =
          run(
              "trust",
              "verify-blob",
              "--bundle",
              bundle.toString(),
              "--key",
              folder.resolve("lab.pub").toString(),
              named);
      assertThat(said.code()).as(said.err()).isZero();
      assertThat(said.out()).startsWith("Genuine. Signed by key lab.pub");
    }
    assertThat(folder.resolve("station")).doesNotExist();
  }

  @Test
  void whatSortOfStatementProvesABlobIsSaid() throws IOException {
    Path blob = Files.writeString(folder.resolve("blob"), "the file");
    StationKey key = StationKey.openOrCreate(folder.resolve("key"));
    String statement =
        """
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"}}],\
        "predicateType":"https://slsa.dev/provenance/v1"}
        """
            .formatted(Digest.of(blob).hex());
    ObjectNode json = Json.object();
    json.put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
    json.putObject("verificationMaterial").putObject("publicKey").put("hint", "");
    byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
    byte[] envelope = key.envelope("application/vnd.in-toto+json", payload);
    json.set("dsseEnvelope", Json.readObject(envelope, "envelope"));
    Path bundle = Files.write(folder.resolve("bundle"), Json.write(json));
    String[] question = {
      "trust",
      "verify-blob",
      "--json",
      "--bundle",
      bundle.toString(),
      "--key",
      folder.resolve("key/station.pub").toString(),
      blob.toString()
    };
    Said said = run(question);
    assertThat(said.code()).as(said.err()).isZero();
    ObjectNode answer = Json.readObject(said.out().getBytes(StandardCharsets.UTF_8), "answer");
    assertThat(answer.get("predicateType").stringValue())
        .isEqualTo("https://slsa.dev/provenance/v1");
    assertThat(answer.get("words").stringValue()).contains("in a statement of the type https://");
    Files.writeString(blob, "another file");
    assertThat(run(question).code()).isEqualTo(3);
    assertThat(run(question).out()).contains("\"predicateType\" : null");
  }

  @Test
  void everythingARuleSaysIsShown() throws IOException {
    rule("lab", STRICT);
    assertThat(run("trust", "list").out())
        .isEqualTo(
            """
            lab: releases of example.org/* must be signed by lab@example\\.org \
            (known to https://id.example.org, with source-repository-owner-id 123456)
              accepts: bundle
              oldest sequence: 7
              denies: guest@example.org, %1$s
            """
                .formatted(DENIED));
    assertThat(run("trust", "list", "--json").out())
        .isEqualToIgnoringWhitespace(
            """
            [ { "rule" : "lab", "product" : "example.org/*",
              "signers" : [ { "issuer" : "https://id.example.org",
                "identity" : "lab@example\\\\.org",
                "claims" : { "source-repository-owner-id" : "123456" } } ],
              "accept" : [ "bundle" ], "minimumSequence" : 7,
              "deny" : { "identities" : [ "guest@example.org" ], "digests" : [ "%1$s" ] } } ]
            """
                .formatted(DENIED));
  }

  /// A rule as somebody writes it by hand.
  private Path rule(String name, String text) throws IOException {
    Path policies = folder.resolve("station/trust/policies");
    Files.createDirectories(policies);
    return Files.writeString(policies.resolve(name + ".yml"), text);
  }

  private Path key(String at, String name) throws IOException {
    Files.createDirectories(folder.resolve(at));
    SigningKey.generate(folder.resolve(at).resolve(name), new char[0]);
    return folder.resolve(at).resolve(name + ".pub");
  }

  private Said run(String... arguments) {
    return new TestStation(folder.resolve("station")).run(arguments);
  }
}
