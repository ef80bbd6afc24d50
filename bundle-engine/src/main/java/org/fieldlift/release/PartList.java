package org.fieldlift.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `parts.json`: the parts of a release's archive, in order. Not signed: parts prove themselves by
/// the entries they hold.
///
/// @param release digest of the `release.json` they belong to
public record PartList(Digest release, List<Part> parts) {
  public static final String SCHEMA = "fieldlift.parts/1";

  /// Largest `parts.json` that is read, in bytes.
  public static final int LARGEST_JSON = 16 << 20;

  /// Most parts of one archive.
  static final int MOST = 100_000;

  /// Largest single part, in bytes; small enough that sums of [#MOST] parts cannot overflow.
  public static final long LARGEST_PART = 1L << 46;

  /// Reads `parts.json` strictly.
  ///
  /// @throws Problem of kind NOT_GENUINE, naming the field
  public static PartList parse(byte[] json) throws IOException {
    if (json.length > LARGEST_JSON) throw Limits.tooLarge("parts.json", json.length, LARGEST_JSON);
    Fields fields = Fields.read(json, "parts.json");
    fields.requireSchema(SCHEMA);
    List<Part> parts = new ArrayList<>();
    Set<Digest> seen = new HashSet<>();
    for (Fields element : fields.objects("parts")) {
      Digest sha256 = StrictFields.digest(element, "sha256");
      if (!seen.add(sha256)) throw fields.wrong("parts", "a list without duplicates");
      parts.add(new Part(sha256, StrictFields.number(element, "size", 1, LARGEST_PART)));
    }
    if (parts.isEmpty() || parts.size() > MOST) {
      throw fields.wrong("parts", "a list of 1 to " + MOST + " parts");
    }
    return new PartList(StrictFields.digest(fields, "release"), List.copyOf(parts));
  }

  /// The bytes of `parts.json`; the same list yields the same bytes.
  public byte[] toJson() {
    ObjectNode json = Json.object().put("schema", SCHEMA).put("release", release.hex());
    ArrayNode list = json.putArray("parts");
    parts.forEach(
        part -> list.addObject().put("sha256", part.sha256().hex()).put("size", part.size()));
    return Json.write(json);
  }

  /// Compressed bytes of the whole archive.
  public long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /// Refuses a list that belongs to another release: right parts of the wrong release are wrong.
  public PartList of(SignedRelease signed) throws Problem {
    if (release.equals(signed.id())) return this;
    throw Problem.notGenuine(
        "parts.json belongs to another release ("
            + release.brief()
            + ") than the release.json beside it ("
            + signed.id().brief()
            + ").",
        "Get this release again from its source.");
  }
}
