package org.fieldlift.archive;

import java.io.IOException;
import java.io.OutputStream;

/// Takes the parts of an archive as they are made, one after the other.
public interface PartSink {
  /// A new part begins; its bytes go to the stream, which the writer does not close.
  OutputStream begin() throws IOException;

  /// The part is complete; now its digest and size are known.
  void end(Part part) throws IOException;
}
