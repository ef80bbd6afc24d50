package org.fieldlift.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A file that a person named for an export. What was there before stays until the new one is
/// whole, because it may be the only backup.
final class Outgoing {
  private Outgoing() {}

  /// @throws Problem of kind USAGE when the file is one the station needs
  static void write(StationHome home, Path file, AtomicFiles.Written written) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or a terminal cannot be replaced.
      try (OutputStream out = Files.newOutputStream(file)) {
        written.to(out);
      }
      return;
    }
    if (home.owns(file)) {
      throw Problem.usage(
          PlainText.of(file.toString()) + " is one of the station's own files.",
          "Choose another place, best on another disk.");
    }
    // What a link leads to is replaced, not the link.
    AtomicFiles.write(Files.exists(file) ? file.toRealPath() : file, written);
  }
}
