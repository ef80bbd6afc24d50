package org.fieldlift.oci;

import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ObjectNode;

/// What one document of an image says of another blob, before anybody has seen that.
///
/// @param size in bytes
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">descriptor.md</a>
public record Descriptor(String mediaType, Digest digest, long size) {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /// A digest of whatever kind the specification allows, such as `sha512:…`.
  private static final Pattern ANY_DIGEST =
      Pattern.compile("[a-z0-9]{1,32}+(?:[.+_-][a-z0-9]{1,32}+){0,8}:[a-zA-Z0-9=_-]{16,256}");

  /// Largest blob, in bytes; a thousand images of a thousand such layers can still be added up.
  private static final long LARGEST = 1L << 40;

  /// `type/subtype` of RFC 6838 4.2; it is sent to registries as a header.
  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

  /// @throws Problem of kind NOT_GENUINE when it is none
  static Descriptor of(Fields fields) throws Problem {
    String mediaType = fields.text("mediaType");
    if (!MEDIA_TYPE.matcher(mediaType).matches()) throw fields.wrong("mediaType", "a media type");
    String digest = fields.text("digest");
    if (!DIGEST.matcher(digest).matches()) throw fields.wrong("digest", "a SHA-256 digest");
    long size = fields.number("size");
    if (size < 0 || size > LARGEST) throw fields.wrong("size", "a size of at most 1 TB");
    return new Descriptor(mediaType, Digest.parse(digest), size);
  }

  /// Whether it names its blob by a digest that we do not know, so that nobody could check it.
  static boolean isOfAnotherKind(Fields fields) throws Problem {
    String digest = fields.text("digest");
    return !digest.startsWith("sha256:") && ANY_DIGEST.matcher(digest).matches();
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("mediaType", mediaType);
    json.put("digest", digest.toString());
    json.put("size", size);
    return json;
  }
}
