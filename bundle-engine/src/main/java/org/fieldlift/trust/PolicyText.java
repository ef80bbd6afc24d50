package org.fieldlift.trust;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Writes a policy in the form that people write it; [PolicyFile] reads it back unchanged.
final class PolicyText {
  private final StringBuilder text = new StringBuilder();

  private PolicyText() {}

  /// @throws Problem of kind USAGE when the policy is one that [PolicyFile] would refuse
  static byte[] of(Policy policy) throws Problem {
    byte[] yaml = new PolicyText().render(policy).getBytes(StandardCharsets.UTF_8);
    RuleOrigin origin = new RuleOrigin.Order(policy.name());
    if (!PolicyFile.parse(yaml, policy.name(), origin).equals(policy)) {
      throw new IllegalStateException("policy " + policy.name() + " reads back differently");
    }
    return yaml;
  }

  private String render(Policy policy) throws Problem {
    line("product: " + quoted(policy.product()));
    line("signers:");
    for (Policy.AllowedSigner signer : policy.signers()) {
      switch (signer) {
        case Policy.Key key -> line("  - key: " + quoted(key.file()));
        case Policy.Keyless keyless -> render(keyless);
      }
    }
    list("accept:", policy.accept());
    if (policy.minimumSequence() != 0) line("minimum-sequence: " + policy.minimumSequence());
    line("deny:");
    list("  identities:", policy.deny().identities());
    list("  digests:", policy.deny().digests());
    return text.toString();
  }

  private void render(Policy.Keyless keyless) throws Problem {
    line("  - keyless:");
    line("      issuer: " + quoted(keyless.issuer()));
    line("      identity: " + quoted(keyless.identity()));
    if (keyless.claims().isEmpty()) return;
    line("      claims:");
    for (Map.Entry<String, String> claim : keyless.claims().entrySet()) {
      line("        " + quoted(claim.getKey()) + ": " + quoted(claim.getValue()));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void list(String name, List<String> texts) throws Problem {
    line(texts.isEmpty() ? name + " []" : name);
    String indent = " ".repeat(name.length() - name.stripLeading().length() + 2);
    for (String element : texts) line(indent + "- " + quoted(element));
  }

  /// A single-quoted scalar (YAML 1.2, 7.3.2), in which a backslash is only a backslash. Stops text
  /// from a foreign certificate from adding lines to the policy.
  private static String quoted(String value) throws Problem {
    if (!PlainText.of(value).equals(value)) {
      throw Problem.usage(
          "\"" + PlainText.of(value) + "\" has characters that no policy may have.",
          "Use visible characters only.");
    }
    return value
        .chars()
        .mapToObj(c -> c == '\'' ? "''" : Character.toString(c))
        .collect(Collectors.joining("", "'", "'"));
  }
}
