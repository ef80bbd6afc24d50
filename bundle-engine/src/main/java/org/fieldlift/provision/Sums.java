package org.fieldlift.provision;

import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldPiece;

/// Checksum files that `sha256sum -c` reads.
final class Sums {
  private Sums() {}

  /// One line for each piece of the whole set, in archive order, which is also the order to
  /// concatenate; paths are relative to the release's folder.
  static String ofPieces(List<HeldPiece> pieces) {
    StringBuilder lines = new StringBuilder();
    for (HeldPiece held : pieces) {
      String path = DriveManifest.piecePath(held.piece());
      lines
          .append(held.sha256().hex())
          .append("  ../../")
          .append(path, path.indexOf('/') + 1, path.length())
          .append('\n');
    }
    return lines.toString();
  }

  /// One line for each file of the unpacked release. GNU coreutils' escaping: a backslash before
  /// the digest says that `\` and newlines in the name are escaped.
  static String ofEntries(List<Entry> entries) {
    StringBuilder lines = new StringBuilder();
    for (Entry entry : entries) {
      if (entry.sha256() == null) continue;
      String path = entry.path();
      String escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
      if (!escaped.equals(path)) lines.append('\\');
      lines.append(entry.sha256().hex()).append("  ").append(escaped).append('\n');
    }
    return lines.toString();
  }
}
