package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Small files whose names a person gave.
final class NamedFile {
  private static final int LARGEST = 32 << 20;

  private NamedFile() {}

  /// @param what what it should be, for the error
  static byte[] bytes(Path file, String what) throws IOException {
    if (Files.isRegularFile(file)) return Limits.readFile(file, LARGEST);
    throw Problem.usage(
        "There is no " + what + " " + PlainText.of(file.toString()) + ".", "Check the path.");
  }
}
