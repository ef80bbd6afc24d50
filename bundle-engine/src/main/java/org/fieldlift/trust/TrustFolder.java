package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The files of a trust store.
record TrustFolder(Path path) {
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

  RootOfTrust root() throws IOException {
    Path file = path.resolve("trusted_root.json");
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? RootOfTrust.parse(Limits.readFile(file, RootOfTrust.LARGEST), file.toString())
        : RootOfTrust.publicGood();
  }

  boolean has(String ruleName) throws Problem {
    return Files.exists(file(ruleName), LinkOption.NOFOLLOW_LINKS);
  }

  /// Writes a policy in the place of the one of its name, durably.
  ///
  /// @param yaml the policy as a file
  void write(Policy policy, byte[] yaml) throws IOException {
    List<String> keys = keyFiles(policy.name());
    AtomicFiles.write(file(policy.name()), yaml);
    removeUnnamed(keys);
  }

  /// Deletes a policy, durably, whatever it and the others hold; false when there was none.
  boolean remove(String ruleName) throws IOException {
    List<String> keys = keyFiles(ruleName);
    Path file = file(ruleName);
    try {
      if (!Files.deleteIfExists(file)) return false;
      AtomicFiles.syncFolder(path.resolve("policies"));
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
    removeUnnamed(keys);
    return true;
  }

  private Path file(String ruleName) throws Problem {
    return path.resolve("policies").resolve(PolicyFile.fileName(ruleName));
  }

  private List<String> keyFiles(String ruleName) throws Problem {
    Path file = file(ruleName);
    try {
      return policy(file, String.valueOf(file.getFileName())).keyFiles();
    } catch (IOException absentOrBroken) {
      return List.of();
    }
  }

  /// Removes those of these keys that no rule names any more. They do no harm, so they stay while
  /// some rule cannot be read, which may name them, or where the system does not let us.
  private void removeUnnamed(List<String> keys) {
    try {
      Set<String> left = new HashSet<>(keys);
      for (Policy policy : policies()) policy.keyFiles().forEach(left::remove);
      for (String key : left) Files.deleteIfExists(path.resolve(key));
    } catch (IOException harmless) {
      return;
    }
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
}
