package org.fieldlift.release;

import java.io.IOException;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Digest;

/// `parts.json`: the parts of a release's archive, in order. Not signed: parts prove themselves by
/// the entries they hold.
///
/// @param release digest of the `release.json` they belong to
public record PartList(Digest release, List<Part> parts) {
  public static final String SCHEMA = "fieldlift.parts/1";

  public static PartList parse(byte[] json) throws IOException {
    throw new UnsupportedOperationException("parse " + json.length);
  }

  public byte[] toJson() {
    throw new UnsupportedOperationException();
  }

  /// Compressed bytes of the whole archive.
  public long size() {
    return parts.stream().mapToLong(Part::size).sum();
  }
}
