package org.fieldlift.release;

import java.io.IOException;
import java.io.InputStream;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;

/// Digests of what is no plain file.
final class Digests {
  private static final int BUFFER = 1 << 16;

  private Digests() {}

  /// The digest of all bytes of a content, read once.
  static Digest of(Content content) throws IOException {
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = content.stream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.update(buffer, 0, count);
      }
    }
    return hasher.digest();
  }
}
