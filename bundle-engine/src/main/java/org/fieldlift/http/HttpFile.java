package org.fieldlift.http;

import java.io.IOException;
import java.net.URI;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// One file at one web address, whatever its query.
///
/// @param uri http or https
public record HttpFile(URI uri, Access access) {

  /// Brings the file, going on where an earlier try broke off.
  ///
  /// @param limit in bytes; a longer file is refused
  /// @throws org.fieldlift.io.Problem when the server has no such file, or answers with anything
  ///   but the file
  public void bring(long limit, PartialFile into, Progress progress, Cancellation cancellation)
      throws IOException {
    Download.upTo(limit, HttpGet.standard(access), Patience.standard(), into, uri)
        .run(progress, cancellation);
  }
}
