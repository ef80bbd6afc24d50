package org.fieldlift.trust;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.bundle.v1.VerificationMaterial;
import dev.sigstore.proto.common.v1.HashOutput;
import dev.sigstore.proto.rekor.v1.TransparencyLogEntry;
import io.intoto.EnvelopeOuterClass.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;

/// A sigstore bundle taken apart (protobuf-specs, `sigstore_bundle.proto`); nothing in it has been
/// checked yet.
///
/// @param content what is signed and the signature
/// @param material whatever is to prove who signed and when
record SignedBundle(Content content, VerificationMaterial material) {
  /// Largest bundle that is read, in bytes; real ones have 3 to 15 kB.
  static final int LARGEST = 4 << 20;

  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "application/vnd.dev.sigstore.bundle+json;version=0.1",
          "application/vnd.dev.sigstore.bundle+json;version=0.2",
          "application/vnd.dev.sigstore.bundle+json;version=0.3",
          "application/vnd.dev.sigstore.bundle.v0.3+json");

  /// What is signed.
  sealed interface Content {
    byte[] signature();
  }

  /// The artifact itself is signed.
  ///
  /// @param claimedDigest what the bundle says the artifact's digest is; empty when it says nothing
  record Message(HashOutput claimedDigest, byte[] signature) implements Content {}

  /// A statement that names the artifact is signed.
  record Statement(String payloadType, byte[] payload, byte[] signature) implements Content {}

  /// Reads a bundle. JSON that two readers could understand differently (duplicate keys) is refused
  /// before the protocol-buffer parser, which is lenient, sees it.
  static SignedBundle parse(byte[] json) throws NotGenuine {
    if (json.length > LARGEST) throw new NotGenuine("Its signature file is far too large.");
    Bundle.Builder bundle = Bundle.newBuilder();
    try {
      Json.readObject(json, "the signature file");
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(json, StandardCharsets.UTF_8), bundle);
    } catch (Problem | InvalidProtocolBufferException | RuntimeException e) {
      throw new NotGenuine("Its signature file is damaged or of an unknown format.", e);
    }
    if (!MEDIA_TYPES.contains(bundle.getMediaType())) {
      throw new NotGenuine("Its signature file is of an unknown format.");
    }
    return new SignedBundle(content(bundle.build()), bundle.getVerificationMaterial());
  }

  /// True when a plain key signed, false when a certificate names the signer.
  boolean isKeyed() {
    return material.hasPublicKey();
  }

  /// True when a timestamp authority vouches for a time. What checks that waits for BouncyCastle to
  /// load, so it is asked only then.
  boolean hasTimestamps() {
    return material.getTimestampVerificationData().getRfc3161TimestampsCount() > 0;
  }

  /// The place in the transparency log. More than one is refused: only the first would be checked,
  /// and a second could tell another story to another reader.
  Optional<TransparencyLogEntry> logEntry() throws NotGenuine {
    if (material.getTlogEntriesCount() > 1) {
      throw new NotGenuine("Its signature file names more than one place in the log.");
    }
    return material.getTlogEntriesList().stream().findFirst();
  }

  private static Content content(Bundle bundle) throws NotGenuine {
    return switch (bundle.getContentCase()) {
      case MESSAGE_SIGNATURE ->
          new Message(
              bundle.getMessageSignature().getMessageDigest(),
              bundle.getMessageSignature().getSignature().toByteArray());
      case DSSE_ENVELOPE -> statement(bundle.getDsseEnvelope());
      case CONTENT_NOT_SET -> throw new NotGenuine("Its signature file holds no signature.");
    };
  }

  private static Statement statement(Envelope envelope) throws NotGenuine {
    if (envelope.getSignaturesCount() != 1) {
      throw new NotGenuine("The signed statement must have exactly one signature.");
    }
    return new Statement(
        envelope.getPayloadType(),
        envelope.getPayload().toByteArray(),
        envelope.getSignatures(0).getSig().toByteArray());
  }
}
