package org.fieldlift.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Writes a directory tree as the parts of an archive, in one pass over its bytes.
public final class ArchiveWriter {
  private ArchiveWriter() {}

  /// Lists a tree without reading its files: every entry, sorted, digests still absent. The result
  /// has exactly the paths and sizes that [#write] will yield, so the length of `release.json` is
  /// known before the first byte is packed.
  public static List<Entry> scan(Path tree) throws IOException {
    throw new UnsupportedOperationException("scan " + tree);
  }

  /// Writes all parts in archive order.
  ///
  /// @param scanned what [#scan] said of the same tree; a tree that changed since is refused
  public static Written write(
      Path tree, List<Entry> scanned, PartSink sink, Progress progress, Cancellation cancellation)
      throws IOException {
    throw new UnsupportedOperationException("write " + tree);
  }

  /// @param entries in archive order, with digests
  /// @param parts in archive order
  public record Written(List<Entry> entries, List<Part> parts) {}
}
