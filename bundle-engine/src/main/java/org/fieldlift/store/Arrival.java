package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.release.OpenRelease;

/// A release whose bytes come into the store's own `incoming/` while it is walked, so that a proven
/// part is moved into its place and not copied.
public interface Arrival extends OpenRelease {
  /// Bytes of disk it will still take.
  long missing() throws IOException;

  /// The file of [ReleaseStore#partial] that holds this part as it was just walked; nothing when
  /// the part was in the store already, or comes out of a larger file.
  Optional<Path> arrived(Part part);
}
