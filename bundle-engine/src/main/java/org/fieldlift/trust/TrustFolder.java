package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The files of a trust store.
record TrustFolder(Path path) {
  private static final int LARGEST_KEY = 64 << 10;
  private static final String FIX = "Put the right file there; until then nothing is trusted.";

  /// All policies, by name. A file that is not a policy is an error, not a silence: it may be a
  /// policy that somebody misnamed.
  List<Policy> policies() throws IOException {
    Path policies = path.resolve("policies");
    List<Path> files = new ArrayList<>();
    try (var names = Files.newDirectoryStream(policies)) {
      names.forEach(files::add);
    } catch (NoSuchFileException noneYet) {
      return List.of();
    } catch (IOException e) {
      throw DiskTrouble.with(policies, e);
    }
    files.sort(null);
    List<Policy> all = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (!name.startsWith(".") && !name.endsWith(AtomicFiles.ASIDE)) all.add(policy(file, name));
    }
    return List.copyOf(all);
  }

  private static Policy policy(Path file, String name) throws IOException {
    if (!name.endsWith(PolicyFile.SUFFIX) || !Files.isRegularFile(file)) {
      throw notAPolicy(file, "must end in " + PolicyFile.SUFFIX);
    }
    String rule = name.substring(0, name.length() - PolicyFile.SUFFIX.length());
    if (!PolicyFile.isName(rule)) {
      throw notAPolicy(file, "may have letters, digits, dots, dashes and underscores only");
    }
    byte[] yaml = Limits.readFile(file, PolicyFile.LARGEST);
    return PolicyFile.parse(yaml, rule, new RuleOrigin.File(file.toString()));
  }

  private static Problem notAPolicy(Path file, String why) {
    return Problem.notGenuine(
        PlainText.of(file.toString()) + " is not a policy: its name " + why + ".",
        "Rename or remove it; until then nothing is trusted.");
  }

  /// These policies with the keys that they name.
  PolicyCheck rules(List<Policy> policies) throws IOException {
    return new PolicyCheck(policies, keys(policies));
  }

  private Map<String, TrustedKey> keys(List<Policy> policies) throws IOException {
    Map<String, TrustedKey> keys = new LinkedHashMap<>();
    for (Policy policy : policies) {
      for (String file : policy.keyFiles()) keys.put(file, key(policy, file));
    }
    return keys;
  }

  RootOfTrust root() throws IOException {
    Path file = path.resolve("trusted_root.json");
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? RootOfTrust.parse(Limits.readFile(file, RootOfTrust.LARGEST), file.toString())
        : RootOfTrust.publicGood();
  }

  Path policy(String ruleName) throws Problem {
    return path.resolve("policies").resolve(PolicyFile.fileName(ruleName));
  }

  boolean has(String ruleName) throws Problem {
    return Files.exists(policy(ruleName), LinkOption.NOFOLLOW_LINKS);
  }

  /// Deletes a policy, durably, whatever it and the others hold; false when there was none.
  boolean remove(String ruleName) throws IOException {
    Path file = policy(ruleName);
    try {
      if (!Files.deleteIfExists(file)) return false;
      AtomicFiles.syncFolder(path.resolve("policies"));
      return true;
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
  }

  Policy.Key addKey(String name, byte[] pem) throws IOException {
    PolicyFile.fileName(name);
    Path file = path.resolve("keys").resolve(name + ".pub");
    try {
      TrustedKey.fromPem(name, pem);
    } catch (NotGenuine e) {
      throw new Problem(
          Problem.Kind.USAGE,
          PlainText.of(name) + " is no usable public key. " + e.why(),
          "Give the .pub file that belongs to the signing key.",
          e);
    }
    if (Files.exists(file) && !Arrays.equals(Limits.readFile(file, LARGEST_KEY), pem)) {
      throw Problem.usage(
          "There is another key of the name " + name + " already.", "Choose another name.");
    }
    AtomicFiles.write(file, pem);
    return new Policy.Key("keys/" + name + ".pub");
  }

  private TrustedKey key(Policy policy, String named) throws IOException {
    Path file = path.resolve(named);
    String what = "The key " + file + ", named by the rule " + policy.name() + ", ";
    if (!Files.isRegularFile(file)) throw Problem.notGenuine(what + "is missing.", FIX);
    String name = named.substring(PolicyFile.KEYS.length(), named.length() - ".pub".length());
    try {
      return TrustedKey.fromPem(name, Limits.readFile(file, LARGEST_KEY));
    } catch (NotGenuine e) {
      throw new Problem(Problem.Kind.NOT_GENUINE, what + "cannot be used. " + e.why(), FIX, e);
    }
  }
}
