package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of what an earlier run left behind.
public final class LoopbackReaders {
  private LoopbackReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("docker-undo", LoopbackReaders::undo);
  }

  /// A note of what to undo reads back as it was written.
  private static void undo(byte[] bytes) throws IOException {
    Borrowed borrowed = Borrowed.read(bytes);
    ForeignReader.requireSame(borrowed, Borrowed.read(borrowed.json()));
  }
}
