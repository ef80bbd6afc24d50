package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The public keys of a trust folder, and new ones that will be filed there with the rule that
/// names them: a rule that is refused must leave nothing behind.
final class Keyring {
  private static final int LARGEST_KEY = 64 << 10;
  private static final String SUFFIX = ".pub";
  private static final String FIX = "Put the right file there; until then nothing is trusted.";

  private final Path trust;
  private final Map<String, byte[]> incoming = new HashMap<>();

  /// @param trust the trust folder
  Keyring(Path trust) {
    this.trust = trust;
  }

  /// Takes in a key for a rule. It is called like the rule, and never takes the place of another
  /// key: where there is one of that name, as while a key is replaced by the next, the beginning of
  /// its fingerprint is added.
  ///
  /// @return the file, as rules name it
  String add(String ruleName, byte[] pem) throws IOException {
    TrustedKey key = usable(ruleName, pem);
    String plain = PolicyFile.KEYS + ruleName;
    for (String name : List.of(plain, plain + "-" + key.signer().fingerprint().brief())) {
      String file = name + SUFFIX;
      if (isFor(file, pem)) {
        incoming.put(file, pem);
        return file;
      }
    }
    throw Problem.usage(
        "There are other keys of the name "
            + ruleName
            + " in "
            + PlainText.of(trust.resolve(PolicyFile.KEYS).toString())
            + ".",
        "Choose another name for the rule.");
  }

  /// The keys that these rules name, by file.
  ///
  /// @throws Problem of kind NOT_GENUINE when one is missing or broken
  Map<String, TrustedKey> named(List<Policy> policies) throws IOException {
    Map<String, TrustedKey> keys = new LinkedHashMap<>();
    for (Policy policy : policies) {
      for (String file : policy.keyFiles()) keys.put(file, read(policy, file));
    }
    return keys;
  }

  /// Files the new keys that this rule names, durably.
  void file(Policy policy) throws IOException {
    for (String file : policy.keyFiles()) {
      byte[] pem = incoming.remove(file);
      if (pem != null) AtomicFiles.write(trust.resolve(file), pem);
    }
  }

  private TrustedKey read(Policy policy, String named) throws IOException {
    Path file = trust.resolve(named);
    byte[] pem = incoming.get(named);
    String what =
        "The key " + PlainText.of(file.toString()) + ", named by the rule " + policy.name() + ", ";
    if (pem == null && !Files.isRegularFile(file)) {
      throw Problem.notGenuine(what + "is missing.", FIX);
    }
    String name = named.substring(PolicyFile.KEYS.length(), named.length() - SUFFIX.length());
    try {
      return TrustedKey.fromPem(name, pem == null ? Limits.readFile(file, LARGEST_KEY) : pem);
    } catch (NotGenuine e) {
      throw new Problem(Problem.Kind.NOT_GENUINE, what + "cannot be used. " + e.why(), FIX, e);
    }
  }

  private boolean isFor(String named, byte[] pem) throws IOException {
    Path file = trust.resolve(named);
    byte[] other = incoming.get(named);
    if (other == null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      other = Limits.readFile(file, LARGEST_KEY);
    }
    return other == null || Arrays.equals(other, pem);
  }

  private static TrustedKey usable(String ruleName, byte[] pem) throws Problem {
    PolicyFile.fileName(ruleName);
    try {
      return TrustedKey.fromPem(ruleName, pem);
    } catch (NotGenuine e) {
      throw new Problem(
          Problem.Kind.USAGE,
          "The key for the rule " + ruleName + " is no usable public key. " + e.why(),
          "Give the .pub file that belongs to the signing key.",
          e);
    }
  }
}
