package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Files;
import org.fieldlift.archive.Part;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Problem;
import org.fieldlift.release.ListedRelease;
import org.fieldlift.release.OpenRelease;

/// Whether a release has room in the store, asked before anything is fetched.
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
    if (release instanceof Arrival arrival) return arrival.missing();
    if (!(release instanceof ListedRelease listed)) return release.archiveSize();
    long missing = 0;
    for (Part part : listed.parts()) {
      if (!folders.holds(part)) missing += part.size();
    }
    return missing;
  }
}
