package org.fieldlift.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The policies, keys and pinned trusted root of a station or device: a folder with `policies/`,
/// `keys/` and `trusted_root.json`.
///
/// Without a `trusted_root.json` it is Sigstore's public root as pinned when this version was
/// built; the root alone lets nobody sign anything. One broken file makes [#open] fail: a policy
/// that is left out may be the one that denies.
public final class TrustStore {
  /// What a signed statement must say of its artifact: that it was signed, nothing else. Stops an
  /// attestation ("built by", "scanned by") from being taken for a signature.
  private static final String SIGNATURE_STATEMENT = "https://sigstore.dev/cosign/sign/v1";

  private final TrustFolder folder;
  private final Keyring keys;
  private final RootOfTrust root;
  private PolicyCheck rules;

  private TrustStore(TrustFolder folder, Keyring keys, RootOfTrust root, PolicyCheck rules) {
    this.folder = folder;
    this.keys = keys;
    this.root = root;
    this.rules = rules;
  }

  /// A folder that does not exist yet is an empty store: nothing is trusted.
  ///
  /// @throws Problem when a policy, key or the trusted root cannot be used; it names file and field
  public static TrustStore open(Path folder) throws IOException {
    TrustFolder files = new TrustFolder(folder);
    Keyring keys = new Keyring(folder);
    List<Policy> policies = files.policies();
    PolicyCheck rules = new PolicyCheck(policies, keys.named(policies));
    return new TrustStore(files, keys, files.root(), rules);
  }

  public Path folder() {
    return folder.path();
  }

  public List<Policy> policies() {
    return rules().policies();
  }

  /// Judges signed bytes: signature first, then (only if it holds) what the bytes claim, then
  /// whether a policy for that product names this signer. Never throws for foreign input; whatever
  /// is wrong is a verdict.
  ///
  /// @param bundle the sigstore bundle beside the bytes, or null when there is none
  public Verdict judge(byte[] signed, byte @Nullable [] bundle, Claims.Reader claims) {
    if (bundle == null) return new Verdict.Unsigned();
    PolicyCheck check = rules();
    return Judgement.guarded(() -> {
      Evidence evidence = evidence(SignedBundle.parse(bundle), signed, check);
      return judge(evidence, signed, claims, check);
    });
  }

  /// Adds a rule, durable when this returns. The same rule again changes nothing.
  ///
  /// @throws Problem of kind USAGE when there is a rule of that name: what it denies must not get
  ///   lost unseen
  public synchronized void add(Policy policy) throws IOException {
    if (rules.policies().contains(policy)) return;
    if (folder.has(policy.name())) {
      throw Problem.usage(
          "There is a rule " + policy.name() + " already; it was not changed.",
          "Choose another name, remove it (fieldlift trust remove "
              + policy.name()
              + "), or replace all that it says (--replace).");
    }
    replace(policy);
  }

  /// Adds a rule in the place of the one of its name, where there is one, with all that it said;
  /// durable when this returns. Keys that no rule names any more are deleted.
  public synchronized void replace(Policy policy) throws IOException {
    byte[] yaml = PolicyText.of(policy);
    List<Policy> changed = without(policy.name());
    changed.add(policy);
    changed.sort(Comparator.comparing(Policy::name));
    PolicyCheck next = new PolicyCheck(List.copyOf(changed), keys.named(changed));
    keys.file(policy);
    folder.write(policy, yaml);
    rules = next;
  }

  /// Forgets a rule, durably. The folder is not opened for that: a rule that cannot be used must be
  /// removable, for while it is there nothing else can be. Keys that no rule names any more are
  /// deleted with it.
  ///
  /// @return false when there was none of that name
  public static boolean remove(Path folder, String ruleName) throws IOException {
    return new TrustFolder(folder).remove(ruleName);
  }

  /// Takes in a public key so that a policy can name it; it is filed with the first that does.
  ///
  /// @param ruleName the policy it is for, after which its file is called
  /// @param pem the public key as `cosign` or [SigningKey#publicPem] writes it
  public synchronized Policy.Key addKey(String ruleName, byte[] pem) throws IOException {
    return new Policy.Key(keys.add(ruleName, pem));
  }

  private synchronized PolicyCheck rules() {
    return rules;
  }

  private List<Policy> without(String ruleName) {
    List<Policy> others = new ArrayList<>(rules.policies());
    others.removeIf(policy -> policy.name().equals(ruleName));
    return others;
  }

  private Evidence evidence(SignedBundle bundle, byte[] signed, PolicyCheck check)
      throws NotGenuine, IOException {
    Artifact artifact = new Artifact.Bytes(signed);
    if (!bundle.isKeyed()) return requireSignature(Evidence.keyless(bundle, artifact, root));
    if (check.keys().isEmpty()) {
      throw new NotGenuine("It is signed with a key, and no rule here names any key.");
    }
    Optional<NotGenuine> why = Optional.empty();
    for (TrustedKey key : check.keys().values()) {
      try {
        return requireSignature(Evidence.keyed(bundle, artifact, key, root));
      } catch (NotGenuine e) {
        why = Optional.of(e);
      }
    }
    if (check.keys().size() == 1 && why.isPresent()) throw why.get();
    throw new NotGenuine("It was changed, or signed with a key that no rule here names.");
  }

  private static Evidence requireSignature(Evidence evidence) throws NotGenuine {
    if (evidence.predicateType().filter(type -> !type.equals(SIGNATURE_STATEMENT)).isPresent()) {
      throw new NotGenuine("Somebody states something about it, but nobody signed it.");
    }
    return evidence;
  }

  private static Verdict judge(
      Evidence evidence, byte[] signed, Claims.Reader reader, PolicyCheck check) {
    try {
      return check.judge(evidence, reader.read(signed), Digest.of(signed));
    } catch (IOException | RuntimeException e) {
      String why = e instanceof Problem problem ? problem.what() : "It cannot be read.";
      return new Verdict.Broken(
          "It makes no sense, though " + evidence.signer().words() + " signed it. " + why);
    }
  }
}
