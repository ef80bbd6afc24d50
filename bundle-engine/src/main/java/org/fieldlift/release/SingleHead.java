package org.fieldlift.release;

import java.io.IOException;
import java.io.InputStream;

/// The first gzip member of a single-file release: `fieldlift/release.json` and its signature.
///
/// Its length depends only on that of `release.json`, because room for a signature is always kept:
/// so the parts can be written before it, and a signature added later moves nothing.
final class SingleHead {
  private SingleHead() {}

  /// Length in bytes.
  static long size(int jsonLength) {
    throw new UnsupportedOperationException("size " + jsonLength);
  }

  static byte[] write(SignedRelease signed) throws IOException {
    throw new UnsupportedOperationException("write " + signed.id());
  }

  /// Reads the head and leaves the stream behind it.
  static SignedRelease read(InputStream in) throws IOException {
    throw new UnsupportedOperationException("read " + in);
  }
}
