package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;

/// Copies a part that was made before, and looks at the bytes since they pass by anyway.
final class HashedCopy {
  private static final int BUFFER = 256 << 10;

  private HashedCopy() {}

  /// @throws Problem when the file does not hold the part
  static void of(Part part, Path file, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (HashLane lane = new HashLane();
        InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        lane.update(buffer, 0, count);
        out.write(buffer, 0, count);
        size += count;
      }
      if (part.equals(new Part(lane.digest(), size))) return;
    }
    throw Problem.failed(
        "The part " + shown(file.toString()) + " of an earlier release is damaged.",
        "Pack again without reusing that release.");
  }
}
