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
    if (size < 0) throw fields.wrong("size", "a size");
    return new Descriptor(mediaType, Digest.parse(digest), size);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("mediaType", mediaType);
    json.put("digest", digest.toString());
    json.put("size", size);
    return json;
  }
}
