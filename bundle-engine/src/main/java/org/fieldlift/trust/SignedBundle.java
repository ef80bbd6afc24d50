package org.fieldlift.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;

/// A sigstore bundle taken apart (protobuf-specs, `sigstore_bundle.proto`); nothing in it has been
/// checked yet.
///
/// It is read field by field, as protocol buffers are written in JSON, and not by their parser:
/// that one is lenient, and to load it takes longer than to check the signature. Whoever checks a
/// place in a log hands that part to it.
///
/// @param content what is signed and the signature
/// @param isKeyed true when a plain key signed, false when a certificate names the signer
/// @param certificates the signer's certificate and perhaps its issuers, DER
/// @param logEntries places in the transparency log
/// @param timestamps answers of timestamp authorities, DER
record SignedBundle(
    Content content,
    boolean isKeyed,
    List<byte[]> certificates,
    List<Fields> logEntries,
    List<byte[]> timestamps) {
  /// Largest bundle that is read, in bytes; real ones have 3 to 15 kB.
  static final int LARGEST = 4 << 20;

  private static final String WHAT = "the signature file";
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
  /// @param claimed what the bundle says the artifact's digest is, when it says anything
  record Message(Optional<Claimed> claimed, byte[] signature) implements Content {}

  /// A digest nobody has checked.
  record Claimed(Hash hash, byte[] digest) {}

  /// A statement that names the artifact is signed.
  record Statement(String payloadType, byte[] payload, byte[] signature) implements Content {}

  /// Reads a bundle. JSON that two readers could understand differently (duplicate keys, two
  /// signers, two signatures) is refused.
  static SignedBundle parse(byte[] json) throws NotGenuine {
    if (json.length > LARGEST) throw new NotGenuine("Its signature file is far too large.");
    try {
      Fields bundle = Fields.read(json, WHAT);
      if (!MEDIA_TYPES.contains(bundle.optionalText("mediaType").orElse(""))) {
        throw new NotGenuine("Its signature file is of an unknown format.");
      }
      return of(content(bundle), bundle.object("verificationMaterial"));
    } catch (Problem e) {
      throw new NotGenuine("Its signature file is damaged or of an unknown format.", e);
    }
  }

  /// The place in the transparency log. More than one is refused: only the first would be checked,
  /// and a second could tell another story to another reader.
  Optional<Fields> logEntry() throws NotGenuine {
    if (logEntries.size() > 1) {
      throw new NotGenuine("Its signature file names more than one place in the log.");
    }
    return logEntries.stream().findFirst();
  }

  private static SignedBundle of(Content content, Fields material) throws Problem {
    requireOneOf(material, "publicKey", "certificate", "x509CertificateChain");
    return new SignedBundle(
        content,
        !material.isAbsent("publicKey"),
        certificates(material),
        material.objects("tlogEntries"),
        timestamps(material));
  }

  private static List<byte[]> certificates(Fields material) throws Problem {
    if (!material.isAbsent("certificate")) {
      return List.of(material.object("certificate").base64("rawBytes"));
    }
    return material.isAbsent("x509CertificateChain")
        ? List.of()
        : all(material.object("x509CertificateChain").objects("certificates"), "rawBytes");
  }

  private static List<byte[]> timestamps(Fields material) throws Problem {
    return material.isAbsent("timestampVerificationData")
        ? List.of()
        : all(
            material.object("timestampVerificationData").objects("rfc3161Timestamps"),
            "signedTimestamp");
  }

  private static List<byte[]> all(List<Fields> objects, String name) throws Problem {
    List<byte[]> all = new ArrayList<>();
    for (Fields each : objects) all.add(each.base64(name));
    return List.copyOf(all);
  }

  private static Content content(Fields bundle) throws Problem, NotGenuine {
    requireOneOf(bundle, "messageSignature", "dsseEnvelope");
    if (!bundle.isAbsent("messageSignature")) return message(bundle.object("messageSignature"));
    if (!bundle.isAbsent("dsseEnvelope")) return statement(bundle.object("dsseEnvelope"));
    throw new NotGenuine("Its signature file holds no signature.");
  }

  private static Message message(Fields message) throws Problem, NotGenuine {
    byte[] signature = message.base64("signature");
    Optional<Claimed> claimed =
        message.isAbsent("messageDigest")
            ? Optional.empty()
            : claimed(message.object("messageDigest"));
    return new Message(claimed, signature);
  }

  /// Cosign writes an empty one where the scheme hashes by itself (Ed25519).
  private static Optional<Claimed> claimed(Fields digest) throws Problem, NotGenuine {
    if (digest.optionalText("digest").orElse("").isEmpty()) return Optional.empty();
    return Optional.of(new Claimed(Hash.named(digest.text("algorithm")), digest.base64("digest")));
  }

  private static Statement statement(Fields envelope) throws Problem, NotGenuine {
    List<Fields> signatures = envelope.objects("signatures");
    if (signatures.size() != 1) {
      throw new NotGenuine("The signed statement must have exactly one signature.");
    }
    return new Statement(
        envelope.text("payloadType"),
        envelope.base64("payload"),
        signatures.getFirst().base64("sig"));
  }

  private static void requireOneOf(Fields fields, String... names) throws Problem {
    if (Stream.of(names).filter(name -> !fields.isAbsent(name)).count() > 1) {
      throw fields.wrong(names[0], "the only one of " + String.join(", ", names));
    }
  }
}
