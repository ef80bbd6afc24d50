package org.fieldlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

class CommandLineTest {
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
  void everyCommandExplainsItself() {
    List<CommandLine> commands = new ArrayList<>();
    collect(CommandTree.of(), commands);
    assertThat(commands).hasSizeGreaterThan(35);
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().usageMessage().description())
          .as(name + " has a description")
          .isNotEmpty();
      command
          .getCommandSpec()
          .options()
          .forEach(option ->
              assertThat(option.description()).as(name + " " + option.longestName()).isNotEmpty());
    }
  }

  @Test
  void helpAndVersionEndWell() {
    assertThat(run("--help").code()).isZero();
    assertThat(run("--version").out()).startsWith("fieldlift ");
    assertThat(run("help", "drive").out()).contains("write", "verify", "show");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "release", "--nonsense", "drive write", "release pack only-one"})
  void wordsThatMakeNoSenseEndWithTwo(String line) {
    Said said = run(line.split(" "));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).isNotBlank();
  }

  @Test
  void aFreshStationIsEmptyAndSaysWhatToDo() throws IOException {
    assertThat(run("release", "list").err()).contains("source add");
    assertThat(run("device", "list").err()).contains("device add");
    assertThat(run("trust", "list").err()).contains("trust add");
    assertThat(run("source", "list", "--json").out().strip()).matches("\\[\\s*\\]");
    assertThat(run("manifest", "show").out()).contains("No device is known yet");
    assertThat(run("ledger", "check").out()).contains("The ledger holds: 0 events of 0 stations");
  }

  @Test
  void devicesComeAndTheManifestKnowsThem() throws IOException {
    Path csv =
        Files.writeString(folder.resolve("d.csv"), "id,site\nSCOPE-1,North\nSCOPE-2,South\n");
    assertThat(run("device", "import", csv.toString()).err()).contains("Added 2 devices.");
    assertThat(run("device", "import", csv.toString()).err()).contains("Added 0 devices.");
    assertThat(run("device", "add", "SCOPE-1").code()).isEqualTo(2);
    assertThat(run("device", "assign", "SCOPE-1", "West").code()).isZero();
    assertThat(run("manifest", "show").out()).contains("SCOPE-1", "West", "nothing known");
    String json = run("manifest", "show", "--json").out();
    assertThat(Json.readObject(json.getBytes(StandardCharsets.UTF_8), "manifest")).isNotNull();
    assertThat(run("manifest", "export", "--format", "csv").out())
        .startsWith("device,name,site")
        .contains("SCOPE-2,,South");
  }

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
    List<Path> keys = List.of(key("a/cosign"), key("b/cosign"), key("my key (2026)"));
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

  @Test
  void anExpiredReleaseIsCalledExpired() throws IOException {
    Path input = Files.writeString(folder.resolve("os.img"), "x");
    String file = folder.resolve("os.tar.gz").toString();
    Said packed =
        run(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/os",
            "--release-version",
            "7",
            "--valid-until",
            "2020-01-31",
            input.toString(),
            file);
    assertThat(packed.code()).isZero();
    String end = "2020-01-31T23:59:59Z";
    assertThat(run("release", "show", file).out())
        .contains("Expired     since " + end + "; devices refuse it");
    assertThat(run("release", "verify", file).out())
        .contains("Expired since " + end + "; devices refuse it.");
    assertThat(run("release", "show", file, "--json").out())
        .contains("\"expiredSince\" : \"" + end + "\"");
  }

  @Test
  void aMistakeIsToldInWordsWithoutAStackTrace() {
    Said said = run("release", "show", "no/such/release");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("There is nothing at no/such/release").doesNotContain("\tat ");
  }

  @Test
  void aHomeThatIsAFileIsToldInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Said said = new TestStation(file).run("device", "list");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is a file, not a folder");
  }

  @Test
  void aDriveThatDoesNotExistNeedsASize() {
    Said said = run("drive", "write", "-r", "x", "--to", folder.resolve("new.img").toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--size 4GB");
    assertThat(folder.resolve("new.img")).doesNotExist();
  }

  @Test
  void aWriteThatCannotBeLeavesNoDriveBehind() {
    Path drive = folder.resolve("new/drive.img");
    Said said = run("drive", "write", "-r", "no/such", "--to", drive.toString(), "--size", "64MB");
    assertThat(said.code()).isEqualTo(2);
    assertThat(drive.getParent()).doesNotExist();
    assertThat(run("drive", "list", "--json").out()).doesNotContain("drive.img");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage import-bundle", "release verify", "drive verify"})
  void aBlankVirtualDriveIsNoDamagedRelease(String command) throws IOException {
    Path drive = folder.resolve("stick.img");
    try (RandomAccessFile file = new RandomAccessFile(drive.toFile(), "rw")) {
      file.setLength(64_000_000);
    }
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(drive.toString());
    Said said = run(words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isEqualTo(4);
    assertThat(said.err()).contains("has no FAT32 file system");
  }

  /// A rule as somebody writes it by hand.
  private Path rule(String name, String text) throws IOException {
    Path file = folder.resolve("station/trust/policies").resolve(name + ".yml");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path key(String base) throws IOException {
    Path at = Files.createDirectories(folder.resolve(base).getParent());
    String name = folder.resolve(base).getFileName().toString();
    SigningKey.generate(at.resolve(name), new char[0]);
    return at.resolve(name + ".pub");
  }

  private Said run(String... arguments) {
    return new TestStation(folder.resolve("station")).run(arguments);
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    command.getSubcommands().values().stream().distinct().forEach(each -> collect(each, into));
  }
}
