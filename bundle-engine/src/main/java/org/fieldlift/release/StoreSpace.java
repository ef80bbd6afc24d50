package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.archive.Part;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Problem;

/// Whether a release has room in the store, asked before anything is fetched. A single file from a
/// web server lies there twice for a while: as it came, and as parts.
final class StoreSpace {
  /// Left free for the system and the ledger, in bytes.
  static final long RESERVE = 64 << 20;

  private StoreSpace() {}

  static void require(StoreFolders folders, OpenRelease release) throws IOException {
    long needed = RESERVE + missing(folders, release);
    long free = Files.getFileStore(folders.root()).getUsableSpace();
    if (needed <= free) return;
    throw Problem.failed(
        "There is no room for this release: it needs %s, %s are free."
            .formatted(ByteSize.text(needed), ByteSize.text(free)),
        "Remove releases you no longer need, or clean up the disk.");
  }

  private static long missing(StoreFolders folders, OpenRelease release) throws IOException {
    if (release instanceof HttpSingle) return 2 * release.archiveSize();
    if (!(release instanceof ListedRelease listed)) return release.archiveSize();
    long missing = 0;
    for (Part part : listed.parts()) {
      if (folders.holds(part)) continue;
      Path partial = folders.partial(part.sha256());
      missing += part.size() - (Files.exists(partial) ? Files.size(partial) : 0);
    }
    return missing;
  }
}
