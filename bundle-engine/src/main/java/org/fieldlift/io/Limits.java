package org.fieldlift.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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

  /// All bytes of a small file.
  ///
  /// @param limit the most that is accepted, in bytes
  /// @throws NoSuchFileException when there is none, which callers may expect
  /// @throws Problem when it cannot be read, for instance because it is a folder
  public static byte[] readFile(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return readAtMost(in, limit, file.toString());
    } catch (NoSuchFileException missing) {
      throw missing;
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
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
