package org.fieldlift.release;

import org.fieldlift.archive.Part;
import org.fieldlift.io.Content;

/// A release in the station's store: complete, every part checked when it came in.
public interface StoredRelease {
  SignedRelease signed();

  Release release();

  PartList parts();

  /// The compressed bytes of one part.
  Content content(Part part);
}
