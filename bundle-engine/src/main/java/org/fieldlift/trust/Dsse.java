package org.fieldlift.trust;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ObjectNode;

/// Signed envelopes (secure-systems-lab/dsse, protocol and envelope v1.0.2).
public final class Dsse {
  /// Largest payload of an envelope, in bytes: its base64 must pass [Json#LONGEST_STRING].
  public static final int LARGEST_PAYLOAD = Json.LONGEST_STRING / 4 * 3;

  private static final int MOST_SIGNATURES = 16;

  private Dsse() {}

  /// The payload of an envelope, once its signature by this Ed25519 key has been checked.
  ///
  /// @param payloadType the type that the caller expects; it is signed too, so a receipt cannot be
  ///   passed off as something else
  /// @param publicKey SubjectPublicKeyInfo, DER
  /// @throws Problem of kind NOT_GENUINE when anything about it is wrong
  public static byte[] verify(byte[] envelope, String payloadType, byte[] publicKey)
      throws Problem {
    Fields fields = Fields.read(envelope, "the signed envelope");
    String foundType = fields.text("payloadType");
    if (!foundType.equals(payloadType)) {
      throw refused("It holds \"" + PlainText.of(foundType) + "\", not \"" + payloadType + "\".");
    }
    byte[] payload = fields.base64("payload");
    byte[] signed = preAuthenticationEncoding(payloadType, payload);
    var signatures = fields.objects("signatures");
    if (signatures.size() > MOST_SIGNATURES) throw refused("It has too many signatures.");
    for (Fields signature : signatures) {
      if (StationKey.verify(publicKey, signed, signature.base64("sig"))) return payload;
    }
    throw refused("It was changed, or somebody else signed it.");
  }

  /// The bytes that are signed: `DSSEv1`, then type and payload, each after its length **in
  /// bytes**. The lengths stop one pair of type and payload from reading like another.
  static byte[] preAuthenticationEncoding(String payloadType, byte[] payload) {
    byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(payload.length + 200);
    encoded.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
    encoded.writeBytes(type);
    encoded.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
    encoded.writeBytes(payload);
    return encoded.toByteArray();
  }

  static byte[] envelope(String payloadType, byte[] payload, String keyId, byte[] signature) {
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode envelope = Json.object();
    envelope.put("payload", base64.encodeToString(payload));
    envelope.put("payloadType", payloadType);
    envelope
        .putArray("signatures")
        .addObject()
        .put("keyid", keyId)
        .put("sig", base64.encodeToString(signature));
    return Json.write(envelope);
  }

  private static Problem refused(String why) {
    return Problem.notGenuine(
        "The signed envelope is not genuine. " + why,
        "Do not rely on it; get it again from the device or station that made it.");
  }
}
