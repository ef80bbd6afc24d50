package org.fieldlift.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Policy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A rule in text and in JSON, with everything it says: what is not shown is not missed when
/// somebody replaces it.
final class RuleWords {
  private RuleWords() {}

  static String text(Policy rule) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: releases of %s must be signed by %s"
            .formatted(
                PlainText.of(rule.name()),
                PlainText.of(rule.product()),
                rule.signers().stream().map(RuleWords::text).collect(Collectors.joining(" or "))));
    lines.add("  accepts: " + (rule.accept().isEmpty() ? "nothing" : list(rule.accept().stream())));
    if (rule.minimumSequence() > 0) lines.add("  oldest sequence: " + rule.minimumSequence());
    Policy.Deny deny = rule.deny();
    String denied = list(Stream.concat(deny.identities().stream(), deny.digests().stream()));
    if (!denied.isEmpty()) lines.add("  denies: " + denied);
    return String.join("\n", lines);
  }

  static ObjectNode json(Policy rule) {
    ObjectNode json = Json.object();
    json.put("rule", rule.name());
    json.put("product", rule.product());
    ArrayNode signers = json.putArray("signers");
    rule.signers().forEach(signer -> signers.add(json(signer)));
    rule.accept().forEach(json.putArray("accept")::add);
    json.put("minimumSequence", rule.minimumSequence());
    ObjectNode deny = json.putObject("deny");
    rule.deny().identities().forEach(deny.putArray("identities")::add);
    rule.deny().digests().forEach(deny.putArray("digests")::add);
    return json;
  }

  private static String text(Policy.AllowedSigner signer) {
    return switch (signer) {
      case Policy.Key key -> "the holder of " + PlainText.of(key.file());
      case Policy.Keyless keyless -> {
        String known = "known to " + PlainText.of(keyless.issuer());
        String claims =
            list(
                keyless.claims().entrySet().stream()
                    .map(claim -> claim.getKey() + " " + claim.getValue()));
        yield "%s (%s)"
            .formatted(
                PlainText.of(keyless.identity()),
                claims.isEmpty() ? known : known + ", with " + claims);
      }
    };
  }

  private static ObjectNode json(Policy.AllowedSigner signer) {
    return switch (signer) {
      case Policy.Key key -> Json.object().put("key", key.file());
      case Policy.Keyless keyless -> {
        ObjectNode json =
            Json.object().put("issuer", keyless.issuer()).put("identity", keyless.identity());
        keyless.claims().forEach(json.putObject("claims")::put);
        yield json;
      }
    };
  }

  private static String list(Stream<String> texts) {
    return texts.map(PlainText::of).collect(Collectors.joining(", "));
  }
}
