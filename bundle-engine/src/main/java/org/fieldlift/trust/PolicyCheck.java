package org.fieldlift.trust;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;

/// Decides whether a proved signer may sign this product.
///
/// One policy must name the signer; the floors and denials of **every** policy for the product
/// hold, so that adding a second policy can never undo a denial in the first.
///
/// @param keys public keys, trusted and denied, by their file in the trust folder
record PolicyCheck(List<Policy> policies, Map<String, TrustedKey> keys) {

  Verdict judge(Evidence evidence, Claims claims, Digest signed) {
    List<Policy> about =
        policies.stream().filter(policy -> covers(policy.product(), claims.product())).toList();
    String product = PlainText.of(claims.product());
    if (about.isEmpty()) return refused(evidence, "No rule says who may sign " + product + ".");
    for (Policy policy : about) {
      if (isDenied(policy.deny(), evidence.signer(), signed)) {
        return refused(evidence, "The rule " + policy.name() + " denies it.");
      }
      if (claims.sequence() < policy.minimumSequence()) {
        return refused(
            evidence,
            "It is older than the rule "
                + policy.name()
                + " allows ("
                + claims.sequence()
                + ", at least "
                + policy.minimumSequence()
                + ").");
      }
    }
    Optional<Policy> allowing =
        about.stream()
            .filter(policy -> policy.accept().contains(PolicyFile.BUNDLE))
            .filter(policy -> policy.signers().stream().anyMatch(one -> isMet(one, evidence)))
            .findFirst();
    if (allowing.isEmpty()) {
      return refused(evidence, "No rule lets this signer sign " + product + ".");
    }
    return new Verdict.Genuine(
        evidence.signer(), evidence.signedAt(), evidence.logIndex(), allowing.get().name());
  }

  /// `*` stands for any text, everything else for itself.
  static boolean covers(String pattern, String product) {
    StringBuilder regex = new StringBuilder();
    for (String literal : pattern.split("\\*", -1)) {
      if (!regex.isEmpty()) regex.append(".*");
      regex.append(Pattern.quote(literal));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(product).matches();
  }

  private boolean isMet(Policy.AllowedSigner allowed, Evidence evidence) {
    return switch (allowed) {
      case Policy.Keyless keyless ->
          evidence.signer() instanceof Signer.Keyless signer
              && signer.issuer().equals(keyless.issuer())
              // The whole identity must match: "…/release.yml" must not let "…/release.yml.evil".
              && Pattern.matches(keyless.identity(), signer.identity())
              && evidence.claims().entrySet().containsAll(keyless.claims().entrySet());
      case Policy.Key key -> {
        TrustedKey trusted = keys.get(key.file());
        yield trusted != null
            && evidence.signer() instanceof Signer.Key signer
            && signer.fingerprint().equals(trusted.signer().fingerprint());
      }
    };
  }

  /// A digest denies the key and the content that have it, in whichever of the two lists it stands.
  private boolean isDenied(Policy.Deny deny, Signer signer, Digest signed) {
    Set<Digest> found = new HashSet<>(Set.of(signed));
    if (signer instanceof Signer.Key key) found.add(key.fingerprint());
    return deny.digests().stream()
            .flatMap(one -> Digest.typed(one).stream())
            .anyMatch(found::contains)
        || deny.identities().stream().map(Denial::of).anyMatch(one -> covers(one, signer, found));
  }

  private boolean covers(Denial denial, Signer signer, Set<Digest> found) {
    return switch (denial) {
      case Denial.Fingerprint denied -> found.contains(denied.digest());
      case Denial.KeyInFile denied -> {
        TrustedKey key = keys.get(denied.file());
        yield key == null || found.contains(key.signer().fingerprint());
      }
      case Denial.Identity denied ->
          signer instanceof Signer.Keyless keyless && denied.covers(keyless.identity());
    };
  }

  private static Verdict refused(Evidence evidence, String why) {
    return new Verdict.NotAllowed(evidence.signer(), evidence.signedAt(), why);
  }
}
