package org.fieldlift.trust;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.jspecify.annotations.Nullable;

/// A policy as a YAML file that people can read and write.
final class PolicyFile {
  static final String SUFFIX = ".yml";

  /// Largest policy that is read, in bytes.
  static final int LARGEST = 1 << 20;

  static final String BUNDLE = "bundle";

  /// The folder of keys, as rules name the files in it.
  static final String KEYS = "keys/";

  private static final Set<String> LATER =
      Set.of("detached-signature", "oci-bundle", "oci-signature");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern KEY_FILE =
      Pattern.compile(KEYS + "[A-Za-z0-9][A-Za-z0-9._-]*\\.pub");

  /// An identity that no certificate has: a pattern that fits it fits anybody.
  private static final String NOBODY = "\u0000nobody";

  private PolicyFile() {}

  /// The file's name for a rule.
  ///
  /// @throws Problem when the rule's name cannot be a file's name on every system
  static String fileName(String ruleName) throws Problem {
    if (isName(ruleName)) return ruleName + SUFFIX;
    throw Problem.usage(
        "\"" + PlainText.of(ruleName) + "\" cannot be the name of a rule.",
        "Use letters, digits, dots, dashes and underscores only.");
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /// True for a key of the trust folder, as a rule names it.
  static boolean isKeyFile(String text) {
    return KEY_FILE.matcher(text).matches();
  }

  /// Reads one policy.
  ///
  /// @param name the rule's name
  static Policy parse(byte[] yaml, String name, RuleOrigin origin) throws Problem {
    PolicyFields fields =
        new PolicyFields(map(yaml, origin), origin, "")
            .allow("product", "signers", "accept", "minimum-sequence", "deny");
    return new Policy(
        name,
        fields.text("product"),
        signers(fields),
        accept(fields),
        fields.has("minimum-sequence") ? fields.number("minimum-sequence") : 0,
        deny(fields));
  }

  private static Map<String, @Nullable Object> map(byte[] yaml, RuleOrigin origin) throws Problem {
    if (yaml.length > LARGEST) throw Limits.tooLarge(origin.what(), yaml.length, LARGEST);
    try {
      return Yaml.readMap(yaml, origin.what());
    } catch (Problem e) {
      throw new Problem(e.kind(), e.what(), RuleOrigin.File.FIX, e);
    }
  }

  private static List<Policy.AllowedSigner> signers(PolicyFields fields) throws Problem {
    List<Policy.AllowedSigner> signers = new ArrayList<>();
    for (PolicyFields signer : fields.mappings("signers")) {
      signer.allow("keyless", "key");
      if (signer.map().size() != 1) {
        throw signer.wrong("keyless", "or \"key\" must be given, and only one of them");
      }
      signers.add(signer.has("key") ? key(signer) : keyless(signer.mapping("keyless")));
    }
    if (signers.isEmpty()) throw fields.wrong("signers", "names nobody");
    return signers;
  }

  private static Policy.Key key(PolicyFields signer) throws Problem {
    String file = signer.text("key");
    if (!isKeyFile(file)) {
      throw signer.wrong("key", "must be a file like keys/lab-2026.pub");
    }
    return new Policy.Key(file);
  }

  private static Policy.Keyless keyless(PolicyFields signer) throws Problem {
    signer.allow("issuer", "identity", "claims");
    String identity = signer.text("identity");
    try {
      if (Pattern.compile(identity).matcher(NOBODY).matches()) {
        throw signer.wrong("identity", "would let anybody sign; name somebody");
      }
    } catch (PatternSyntaxException e) {
      throw signer.wrong("identity", "is no regular expression: " + e.getDescription());
    }
    Map<String, String> claims = new LinkedHashMap<>();
    if (signer.has("claims")) {
      PolicyFields named = signer.mapping("claims");
      for (String name : named.map().keySet()) {
        if (!FulcioClaims.isKnown(name)) {
          throw named.wrong(
              name, "is not known; known are " + String.join(", ", FulcioClaims.names()));
        }
        claims.put(name, named.text(name));
      }
    }
    return new Policy.Keyless(signer.text("issuer"), identity, claims);
  }

  private static List<String> accept(PolicyFields fields) throws Problem {
    if (!fields.map().containsKey("accept")) return List.of(BUNDLE);
    List<String> accept = fields.texts("accept");
    for (String format : accept) {
      if (LATER.contains(format)) {
        throw fields.wrong(
            "accept", "names " + format + ", which is not supported yet; use " + BUNDLE);
      }
      if (!format.equals(BUNDLE)) {
        throw fields.wrong("accept", "names " + PlainText.of(format) + ", which is not known");
      }
    }
    return accept;
  }

  private static Policy.Deny deny(PolicyFields fields) throws Problem {
    if (!fields.map().containsKey("deny")) return new Policy.Deny(List.of(), List.of());
    PolicyFields deny = fields.mapping("deny").allow("identities", "digests");
    List<String> identities = deny.has("identities") ? deny.texts("identities") : List.of();
    List<String> digests = deny.has("digests") ? deny.texts("digests") : List.of();
    for (String identity : identities) requireSomebody(deny, identity);
    for (String digest : digests) {
      if (Digest.typed(digest).isEmpty()) {
        throw deny.wrong("digests", "must be SHA-256 digests like sha256:0123…");
      }
    }
    return new Policy.Deny(identities, digests);
  }

  private static void requireSomebody(PolicyFields deny, String identity) throws Problem {
    try {
      Denial.of(identity);
    } catch (PatternSyntaxException e) {
      throw deny.wrong(
          "identities",
          "names " + PlainText.of(identity) + ", no regular expression: " + e.getDescription());
    } catch (IllegalArgumentException e) {
      throw deny.wrong(
          "identities",
          "names "
              + PlainText.of(identity)
              + ", which is nobody: neither a key's fingerprint (sha256:0123…), nor a key file"
              + " (keys/lab-2026.pub), nor an identity (an e-mail address, a URL, or a pattern for"
              + " one)");
    }
  }
}
