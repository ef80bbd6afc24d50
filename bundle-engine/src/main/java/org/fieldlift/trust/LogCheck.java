package org.fieldlift.trust;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.sigstore.proto.ProtoMutators;
import dev.sigstore.proto.rekor.v1.InclusionProof;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorParseException;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.trustroot.TransparencyLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.jspecify.annotations.Nullable;

/// Checks a signature's place in a transparency log.
///
/// @param time when the log says it took the signature in; only a signed promise (Rekor v1) proves
///   a time, so it is absent without one
/// @param index the entry's place
/// @param logId which log
record LogCheck(@Nullable Instant time, long index, byte[] logId) {
  /// How a signature's line begins in a signed note (C2SP, `signed-note.md`).
  private static final String SIGNATURE_LINE = "\u2014 ";

  /// Checks that the entry stands in a log of the trusted root and records this very signature.
  static LogCheck of(
      Fields json, SignedBundle.Content content, Artifact artifact, byte[] signer, RootOfTrust root)
      throws NotGenuine, IOException {
    TransparencyLogEntry entry = parse(json);
    requireOneTree(entry.getInclusionProof());
    try {
      root.log().verifyEntry(ProtoMutators.toRekorEntry(signedByHost(entry, root)));
    } catch (RekorVerificationException e) {
      throw new NotGenuine("Its entry in the transparency log does not hold.", e);
    }
    LoggedSignature logged = LoggedSignature.parse(entry.getCanonicalizedBody().toByteArray());
    Optional<byte[]> digest = digest(logged, content, artifact);
    if (digest.isEmpty()
        || !Arrays.equals(digest.get(), logged.digest())
        || !logged.records(content.signature(), signer)) {
      throw new NotGenuine("Its entry in the transparency log is about another signature.");
    }
    boolean promised = !entry.getInclusionPromise().getSignedEntryTimestamp().isEmpty();
    byte[] logId = entry.getLogId().getKeyId().toByteArray();
    return promised
        ? new LogCheck(Instant.ofEpochSecond(entry.getIntegratedTime()), entry.getLogIndex(), logId)
        : new LogCheck(null, entry.getInclusionProof().getLogIndex(), logId);
  }

  private static TransparencyLogEntry parse(Fields json) throws NotGenuine {
    TransparencyLogEntry.Builder entry = TransparencyLogEntry.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(Json.line(json.object()), entry);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw new NotGenuine("Its signature file is damaged or of an unknown format.", e);
    }
    return entry.build();
  }

  /// Stops a proof that is shorter than its tree: size and place must be those of the signed
  /// checkpoint, or the proof proves nothing about them.
  private static void requireOneTree(InclusionProof proof) throws NotGenuine {
    try {
      long signedSize = Checkpoints.from(proof.getCheckpoint().getEnvelope()).getSize();
      if (proof.getTreeSize() == signedSize
          && proof.getLogIndex() >= 0
          && proof.getLogIndex() < signedSize) {
        return;
      }
    } catch (RekorParseException | RuntimeException e) {
      throw new NotGenuine("Its entry in the transparency log is damaged.", e);
    }
    throw new NotGenuine("Its entry in the transparency log is of another state of the log.");
  }

  /// A private log on a port of its own signs its checkpoints as `host:port`, but the library looks
  /// for `host` alone. The name only picks the line; the pinned key decides whether it holds.
  private static TransparencyLogEntry signedByHost(TransparencyLogEntry entry, RootOfTrust root) {
    TransparencyLogEntry.Builder renamed = entry.toBuilder();
    var checkpoint = renamed.getInclusionProofBuilder().getCheckpointBuilder();
    for (TransparencyLog log : root.logs()) {
      String host = SIGNATURE_LINE + log.getBaseUrl().getHost();
      String hostAndPort = host + ":" + log.getBaseUrl().getPort();
      checkpoint.setEnvelope(checkpoint.getEnvelope().replace(hostAndPort + " ", host + " "));
    }
    return renamed.build();
  }

  private static Optional<byte[]> digest(
      LoggedSignature logged, SignedBundle.Content content, Artifact artifact) throws IOException {
    return switch (content) {
      case SignedBundle.Message _ ->
          logged.about() == LoggedSignature.About.SIGNED_BYTES
              ? artifact.digest(logged.hash())
              : Optional.empty();
      case SignedBundle.Statement statement -> {
        byte[] covered =
            switch (logged.about()) {
              case PAYLOAD -> statement.payload();
              case SIGNED_BYTES ->
                  Dsse.preAuthenticationEncoding(statement.payloadType(), statement.payload());
            };
        yield Optional.of(logged.hash().of(covered));
      }
    };
  }
}
