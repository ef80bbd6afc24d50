package org.fieldlift.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;

/// What an entry of the transparency log says was signed, and by whom (rekor, `pkg/types`;
/// rekor-tiles, `rekor/v2/entry.proto`).
///
/// @param about what the digest is of
/// @param hash the digest's hash function
/// @param signer certificate, or public key, DER
record LoggedSignature(About about, Hash hash, byte[] digest, byte[] signature, byte[] signer) {

  enum About {
    /// Whatever the signature covers: the artifact, or an envelope's pre-authentication encoding.
    SIGNED_BYTES,
    /// Only the payload within a signed envelope.
    PAYLOAD
  }

  private static final Base64.Decoder BASE64 = Base64.getDecoder();

  /// Reads the canonicalized body of an entry.
  static LoggedSignature parse(byte[] body) throws NotGenuine {
    try {
      Fields fields = Fields.read(body, "the log entry");
      Fields spec = fields.object("spec");
      return switch (fields.text("kind") + " " + fields.text("apiVersion")) {
        case "hashedrekord 0.0.1" -> hashedRekord1(spec);
        case "hashedrekord 0.0.2" -> hashedRekord2(spec.object("hashedRekordV002"));
        case "dsse 0.0.1" -> dsse1(spec);
        case "dsse 0.0.2" -> dsse2(spec.object("dsseV002"));
        case "intoto 0.0.2" -> inToto2(spec.object("content"));
        default -> throw new NotGenuine("The log entry is of an unknown kind.");
      };
    } catch (Problem | IllegalArgumentException e) {
      throw new NotGenuine("The log entry is damaged.", e);
    }
  }

  /// True when this entry records this very signature by this very signer over this content. Stops
  /// the log entry of one signature from vouching for another.
  boolean records(byte[] signature, byte[] signer) {
    return Arrays.equals(this.signature, signature) && Arrays.equals(this.signer, signer);
  }

  private static LoggedSignature hashedRekord1(Fields spec) throws Problem, NotGenuine {
    Fields hash = spec.object("data").object("hash");
    Fields signature = spec.object("signature");
    return new LoggedSignature(
        About.SIGNED_BYTES,
        Hash.named(hash.text("algorithm")),
        HexFormat.of().parseHex(hash.text("value")),
        BASE64.decode(signature.text("content")),
        pem(BASE64.decode(signature.object("publicKey").text("content"))));
  }

  private static LoggedSignature hashedRekord2(Fields spec) throws Problem, NotGenuine {
    Fields data = spec.object("data");
    Fields signature = spec.object("signature");
    return new LoggedSignature(
        About.SIGNED_BYTES,
        Hash.named(data.text("algorithm")),
        BASE64.decode(data.text("digest")),
        BASE64.decode(signature.text("content")),
        verifier(signature.object("verifier")));
  }

  private static LoggedSignature dsse1(Fields spec) throws Problem, NotGenuine {
    Fields hash = spec.object("payloadHash");
    Fields signature = only(spec.objects("signatures"));
    return new LoggedSignature(
        About.PAYLOAD,
        Hash.named(hash.text("algorithm")),
        HexFormat.of().parseHex(hash.text("value")),
        BASE64.decode(signature.text("signature")),
        pem(BASE64.decode(signature.text("verifier"))));
  }

  private static LoggedSignature dsse2(Fields spec) throws Problem, NotGenuine {
    Fields hash = spec.object("payloadHash");
    Fields signature = only(spec.objects("signatures"));
    return new LoggedSignature(
        About.PAYLOAD,
        Hash.named(hash.text("algorithm")),
        BASE64.decode(hash.text("digest")),
        BASE64.decode(signature.text("content")),
        verifier(signature.object("verifier")));
  }

  /// The deprecated kind; its signature is base64 of base64.
  private static LoggedSignature inToto2(Fields content) throws Problem, NotGenuine {
    Fields hash = content.object("payloadHash");
    Fields signature = only(content.object("envelope").objects("signatures"));
    String inner = new String(BASE64.decode(signature.text("sig")), StandardCharsets.ISO_8859_1);
    return new LoggedSignature(
        About.PAYLOAD,
        Hash.named(hash.text("algorithm")),
        HexFormat.of().parseHex(hash.text("value")),
        BASE64.decode(inner),
        pem(BASE64.decode(signature.text("publicKey"))));
  }

  private static byte[] verifier(Fields verifier) throws Problem {
    String kind = verifier.isAbsent("x509Certificate") ? "publicKey" : "x509Certificate";
    return BASE64.decode(verifier.object(kind).text("rawBytes"));
  }

  private static byte[] pem(byte[] text) throws NotGenuine {
    return Pem.read(text).orElseThrow(() -> new NotGenuine("The log entry names no signer.")).der();
  }

  private static Fields only(List<Fields> signatures) throws NotGenuine {
    if (signatures.size() == 1) return signatures.getFirst();
    throw new NotGenuine("The log entry must record exactly one signature.");
  }
}
