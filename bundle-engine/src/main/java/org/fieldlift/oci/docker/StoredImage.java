package org.fieldlift.oci.docker;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Platform;
import tools.jackson.databind.JsonNode;

/// An image as a daemon has it.
///
/// @param id in the classic store the digest of its configuration, in the containerd store of what
///   its reference names
/// @param layers digests of the unpacked layers, lowest first
/// @param size in bytes, as the daemon counts them
public record StoredImage(
    Digest id,
    Platform platform,
    List<String> layers,
    List<String> tags,
    List<String> digests,
    long size) {

  public StoredImage {
    layers = List.copyOf(layers);
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  static StoredImage inspected(Fields image) throws Problem {
    return new StoredImage(
        image.digest("Id"),
        new Platform(
            image.text("Os"), image.text("Architecture"), image.optionalText("Variant").orElse("")),
        image.isAbsent("RootFS") ? List.of() : image.object("RootFS").texts("Layers"),
        image.texts("RepoTags"),
        image.texts("RepoDigests"),
        image.number("Size"));
  }

  /// A row of a list of images.
  ///
  /// @param tags and digests: every reference it has
  public record Row(Digest id, List<String> tags, List<String> digests, long size) {
    public Row {
      tags = List.copyOf(tags);
      digests = List.copyOf(digests);
    }

    static Row of(Fields row) throws Problem {
      return new Row(
          row.digest("Id"), named(row, "RepoTags"), named(row, "RepoDigests"), row.number("Size"));
    }

    /// Older daemons say `<none>` where there is none.
    private static List<String> named(Fields row, String field) {
      List<String> names = new ArrayList<>();
      for (JsonNode name : row.object().path(field)) {
        String text = name.asString("");
        if (!text.isEmpty() && !text.contains("<none>")) names.add(text);
      }
      return names;
    }
  }
}
