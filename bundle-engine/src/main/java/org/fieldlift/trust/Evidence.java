package org.fieldlift.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a bundle has proved; whether that is enough is for a policy to say.
///
/// @param claims what the certificate says of the signer besides the name; empty for keys
/// @param signedAt the earliest proved time
/// @param predicateType what the signer says about the artifact, when a statement is signed
record Evidence(
    Signer signer,
    Map<String, String> claims,
    @Nullable Instant signedAt,
    @Nullable Long logIndex,
    Optional<String> predicateType) {

  /// Checks a bundle whose signer is named by a certificate.
  static Evidence keyless(SignedBundle bundle, Artifact artifact, RootOfTrust root)
      throws NotGenuine, IOException {
    Leaf leaf = Leaf.of(bundle.certificates());
    leaf.check(root);
    Optional<String> predicateType =
        checkSignature(bundle, artifact, leaf.certificate().getPublicKey());
    var entry = bundle.logEntry();
    if (entry.isEmpty()) throw new NotGenuine("Its signature is in no transparency log.");
    LogCheck log = LogCheck.of(entry.get(), bundle.content(), artifact, leaf.der(), root);
    List<Instant> times = times(bundle, log.time(), root);
    if (times.isEmpty()) throw new NotGenuine("Nothing proves when it was signed.");
    // Stops a stolen or leaked short-lived key from signing long after its certificate ended.
    if (!times.stream().allMatch(leaf::isValidAt)) {
      throw new NotGenuine("It was signed when the signer's certificate was not valid.");
    }
    requireLogValid(log.logId(), times, root);
    return new Evidence(
        leaf.signer(),
        FulcioClaims.of(leaf.certificate()),
        Collections.min(times),
        log.index(),
        predicateType);
  }

  /// Checks a bundle that a plain key signed. The hint in the bundle is only a hint and not looked
  /// at. A place in a log is optional, but when there is one it must hold.
  static Evidence keyed(SignedBundle bundle, Artifact artifact, TrustedKey key, RootOfTrust root)
      throws NotGenuine, IOException {
    if (!bundle.isKeyed()) {
      throw new NotGenuine("It was signed with a certificate, not with the key asked for.");
    }
    Optional<String> predicateType = checkSignature(bundle, artifact, key.key());
    var entry = bundle.logEntry();
    if (entry.isEmpty()) {
      return keyed(key, times(bundle, null, root), null, predicateType);
    }
    LogCheck log = LogCheck.of(entry.get(), bundle.content(), artifact, key.der(), root);
    List<Instant> times = times(bundle, log.time(), root);
    requireLogValid(log.logId(), times, root);
    return keyed(key, times, log.index(), predicateType);
  }

  private static Evidence keyed(
      TrustedKey key, List<Instant> times, @Nullable Long index, Optional<String> predicateType) {
    return new Evidence(
        key.signer(),
        Map.of(),
        times.isEmpty() ? null : Collections.min(times),
        index,
        predicateType);
  }

  private static Optional<String> checkSignature(
      SignedBundle bundle, Artifact artifact, java.security.PublicKey key)
      throws NotGenuine, IOException {
    return switch (bundle.content()) {
      case SignedBundle.Message message -> {
        if (message.claimed().isPresent()) {
          SignedBundle.Claimed claimed = message.claimed().get();
          var own = artifact.digest(claimed.hash());
          if (own.isPresent() && !Arrays.equals(own.get(), claimed.digest())) {
            throw new NotGenuine("It is not what was signed: its content was changed.");
          }
        }
        requireHolds(Signatures.holds(key, artifact, message.signature()));
        yield Optional.empty();
      }
      case SignedBundle.Statement statement -> {
        byte[] signed =
            Dsse.preAuthenticationEncoding(statement.payloadType(), statement.payload());
        requireHolds(Signatures.holds(key, new Artifact.Bytes(signed), statement.signature()));
        yield Optional.of(InTotoStatement.check(statement, artifact));
      }
    };
  }

  private static void requireHolds(boolean holds) throws NotGenuine {
    if (!holds) throw new NotGenuine("The signature does not belong to this content and signer.");
  }

  private static List<Instant> times(
      SignedBundle bundle, @Nullable Instant logTime, RootOfTrust root) throws NotGenuine {
    List<Instant> times = new ArrayList<>();
    if (!bundle.timestamps().isEmpty()) {
      times.addAll(Timestamps.check(bundle.timestamps(), bundle.content().signature(), root));
    }
    if (logTime != null) times.add(logTime);
    return times;
  }

  /// Stops entries of a log that was retired, perhaps because its key was stolen.
  private static void requireLogValid(byte[] logId, List<Instant> times, RootOfTrust root)
      throws NotGenuine {
    boolean valid =
        root.logs().stream()
            .filter(log -> Arrays.equals(log.getLogId().getKeyId(), logId))
            .anyMatch(log -> times.stream().allMatch(log.getPublicKey().getValidFor()::contains));
    if (!valid) throw new NotGenuine("The log that recorded it was not trusted at that time.");
  }
}
