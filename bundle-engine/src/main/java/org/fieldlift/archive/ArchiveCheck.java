package org.fieldlift.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Reads the parts of an archive in order and compares every entry with what was signed, before and
/// while its bytes are handed on. The one reader of archives: fetching, verifying, splitting and
/// importing all go through it.
public final class ArchiveCheck {
  /// @param signed the entries of the verified `release.json`
  /// @param progress advanced by compressed bytes
  public ArchiveCheck(
      List<Entry> signed, EntrySink sink, Progress progress, Cancellation cancellation) {
    throw new UnsupportedOperationException(
        "check " + signed.size() + sink + progress + cancellation);
  }

  /// Takes exactly one part (one gzip member) from the stream and leaves the stream behind it, so
  /// that a single-file archive is read by calling this until the end.
  ///
  /// @param rawCopy receives the compressed bytes as they were read
  /// @return digest and size of the compressed bytes
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE for anything that differs from what was
  ///   signed
  public Part part(InputStream raw, OutputStream rawCopy) throws IOException {
    throw new UnsupportedOperationException("part " + raw + rawCopy);
  }

  /// True when the end-of-archive mark was read: no part may follow.
  public boolean isComplete() {
    throw new UnsupportedOperationException();
  }

  /// Says that there are no more parts.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE when signed entries are missing
  public void finish() throws IOException {
    throw new UnsupportedOperationException();
  }
}
