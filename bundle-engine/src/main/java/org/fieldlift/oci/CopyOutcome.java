package org.fieldlift.oci;

import java.util.List;
import org.fieldlift.io.Problem;

/// What became of one reference that was to be copied.
public sealed interface CopyOutcome {
  ImageReference reference();

  /// It is in the layout, whole.
  ///
  /// @param fetched bytes of it that had to come from a registry or another layout
  record Here(Image image, long fetched) implements CopyOutcome {
    @Override
    public ImageReference reference() {
      return image.reference();
    }
  }

  /// It is known, but not all of it is here; nothing was fetched, because nobody asked for it.
  ///
  /// @param blobs what is lacking
  record Lacking(Image image, List<Descriptor> blobs) implements CopyOutcome {
    @Override
    public ImageReference reference() {
      return image.reference();
    }

    /// Bytes that are lacking.
    public long size() {
      return blobs.stream().mapToLong(Descriptor::size).sum();
    }
  }

  /// Nothing of it is here, so that not even its size is known.
  record Unknown(ImageReference reference) implements CopyOutcome {}

  /// It could not be had. What came of it is kept for the next try.
  record Failed(ImageReference reference, Problem problem) implements CopyOutcome {}
}
