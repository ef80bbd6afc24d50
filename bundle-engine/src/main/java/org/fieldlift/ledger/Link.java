package org.fieldlift.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// An event in the one form in which it is signed, chained, stored and exchanged: a line of JSON.
///
/// ```
/// {"id":…,"station":…,"time":…,"previous":…,"type":…,"body":{…},"signature":…}
/// ```
///
/// - These keys in this order, no space between tokens, UTF-8, no newline. The first event of a
///   chain has `"previous":null` and right after it `"key"`, the station's public key
///   (SubjectPublicKeyInfo, Base64), so that a chain can be checked by anybody anywhere.
/// - `id` is a UUID in lower case, `station` and `previous` are 64 lower-case hexadecimal
///   characters, `time` is UTC with exactly three decimals (`2026-05-12T08:30:00.000Z`),
///   `signature` is Base64 with padding.
/// - `body` is what [FactJson] writes; for a type this version does not know it is kept byte for
///   byte.
/// - The signature is Ed25519 over the line without `,"signature":…`. The digest that the next
///   event names as `previous` is the SHA-256 of the whole line, signature included.
///
/// @param key the station's public key in the first event of a chain; else null
/// @param line the whole line
/// @param digest of the line
record Link(Event event, byte @Nullable [] key, String line, Digest digest) {
  /// Longest line that is written or read, in bytes.
  static final int LONGEST = 1 << 20;

  /// The last moment that `time` can hold.
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern TYPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+){0,9}");
  private static final int LONGEST_TYPE = 64;

  /// Makes and signs an event.
  static Link sign(UUID id, Instant time, @Nullable Digest previous, Fact fact, EventSigner signer)
      throws Problem {
    byte[] key = signer.publicKey();
    Digest station = Digest.of(key);
    byte @Nullable [] shownKey = previous == null ? key : null;
    String unsigned =
        upToBody(id, station, time, previous, shownKey, FactJson.type(fact)) + FactJson.write(fact);
    byte[] signature = signer.sign(utf8(unsigned + "}"));
    String line = unsigned + fromSignature(signature);
    if (utf8(line).length > LONGEST) {
      throw Problem.usage(
          "A " + FactJson.type(fact) + " entry is too long for the ledger.",
          "Use shorter texts or fewer devices at once.");
    }
    return link(new Event(id, station, time, previous, fact, signature), shownKey, line);
  }

  /// Reads a line. Its signature is not checked here: that needs the key of the chain's first event
  /// ([Chain#take]).
  ///
  /// Accepts only the exact form above, so that nobody can send one event in two forms that are
  /// both validly signed or that two readers understand differently.
  ///
  /// @param what names the line in errors
  /// @throws Problem of kind NOT_GENUINE when it is no event
  static Link parse(String line, String what) throws Problem {
    Fields fields = Fields.read(utf8(line), what);
    UUID id = id(fields);
    Digest station = fields.digest("station");
    Instant time = time(fields);
    Digest previous = fields.isAbsent("previous") ? null : fields.digest("previous");
    byte[] key = previous == null ? base64(fields, "key", Ed25519.KEY_LENGTH) : null;
    String type = fields.text("type");
    if (type.length() > LONGEST_TYPE || !TYPE.matcher(type).matches()) {
      throw fields.wrong("type", "a name such as device-added");
    }
    byte[] signature = base64(fields, "signature", Ed25519.SIGNATURE_LENGTH);
    if (!EventId.fits(id, time)) throw fields.wrong("id", "of the event's own time");
    if (key != null && !Digest.of(key).equals(station)) {
      throw fields.wrong("station", "the digest of the key");
    }
    String before = upToBody(id, station, time, previous, key, type);
    String after = fromSignature(signature);
    int bodyLength = line.length() - before.length() - after.length();
    if (fields.object().size() != (key == null ? 7 : 8)
        || bodyLength < 0
        || !line.startsWith(before)
        || !line.endsWith(after)) {
      throw notOurForm(what);
    }
    String body = line.substring(before.length(), before.length() + bodyLength);
    Fact fact = FactJson.read(type, fields.object("body"), body);
    return link(new Event(id, station, time, previous, fact, signature), key, line);
  }

  /// The bytes that the signature is over.
  byte[] signed() {
    int end = line.length() - fromSignature(event.signature()).length();
    return utf8(line.substring(0, end) + "}");
  }

  private static Link link(Event event, byte @Nullable [] key, String line) {
    return new Link(event, key, line, Digest.of(utf8(line)));
  }

  private static String upToBody(
      UUID id,
      Digest station,
      Instant time,
      @Nullable Digest previous,
      byte @Nullable [] key,
      String type) {
    return "{\"id\":\""
        + id
        + "\",\"station\":\""
        + station.hex()
        + "\",\"time\":\""
        + TIME.format(time)
        + "\",\"previous\":"
        + (previous == null ? "null" : "\"" + previous.hex() + "\"")
        + (key == null ? "" : ",\"key\":\"" + Base64.getEncoder().encodeToString(key) + "\"")
        + ",\"type\":\""
        + type
        + "\",\"body\":";
  }

  private static String fromSignature(byte[] signature) {
    return ",\"signature\":\"" + Base64.getEncoder().encodeToString(signature) + "\"}";
  }

  private static UUID id(Fields fields) throws Problem {
    try {
      return UUID.fromString(fields.text("id"));
    } catch (IllegalArgumentException e) {
      throw fields.wrong("id", "a UUID of version 7");
    }
  }

  private static Instant time(Fields fields) throws Problem {
    Instant time = fields.time("time");
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw fields.wrong("time", "between 1970 and 9999");
    }
    return time;
  }

  private static byte[] base64(Fields fields, String name, int length) throws Problem {
    try {
      byte[] bytes = Base64.getDecoder().decode(fields.text(name));
      if (bytes.length == length) return bytes;
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal: text that is no Base64 has no length.
    }
    throw fields.wrong(name, length + " bytes in Base64");
  }

  private static Problem notOurForm(String what) {
    return Problem.notGenuine(
        what + " is not written as Fieldlift writes events.",
        "It was changed on the way; get it again from its source.");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
