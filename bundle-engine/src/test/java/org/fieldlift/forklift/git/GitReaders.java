package org.fieldlift.forklift.git;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of git bundle files. What was read is written and read again.
public final class GitReaders {
  private GitReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("git-bundle", GitReaders::bundle);
  }

  private static void bundle(byte[] bytes) throws IOException {
    BundleHeader header = header(bytes);
    requireSame(header, header(header.bytes()));
  }

  private static BundleHeader header(byte[] bytes) throws IOException {
    return BundleHeader.read(new ByteArrayInputStream(bytes), "a test");
  }
}
