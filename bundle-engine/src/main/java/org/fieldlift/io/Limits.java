package org.fieldlift.io;

import java.io.IOException;
import java.io.InputStream;

/// Reads foreign bytes into memory only up to a named limit.
public final class Limits {
  private Limits() {}

  /// All bytes of a stream.
  ///
  /// @param limit the most that is accepted, in bytes
  /// @param what names the thing in the error ("release.json")
  public static byte[] readAtMost(InputStream in, int limit, String what) throws IOException {
    byte[] bytes = in.readNBytes(limit);
    if (in.read() >= 0) throw tooLarge(what, limit + 1L, limit);
    return bytes;
  }

  /// The refusal of something larger than its limit.
  public static Problem tooLarge(String what, long size, long limit) {
    return Problem.notGenuine(
        PlainText.of(what)
            + " is larger than anything Fieldlift writes ("
            + size
            + " bytes, at most "
            + limit
            + ").",
        "Do not use it; ask where it came from.");
  }
}
