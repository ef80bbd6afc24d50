package org.fieldlift.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// Takes the parts of an archive as they are made, one after the other.
public interface PartSink {
  /// A new part begins; its bytes go to the stream, which the writer does not close.
  OutputStream begin() throws IOException;

  /// The part is complete; now its digest and size are known.
  void end(Part part) throws IOException;

  /// A part that was made before takes its turn.
  ///
  /// @param file holds it, and is of its size
  /// @throws org.fieldlift.io.Problem when its bytes pass by and are not those of the part
  default void take(Part part, Path file) throws IOException {
    HashedCopy.of(part, file, begin());
    end(part);
  }
}
