package org.fieldlift.release;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.PlainText;

/// The single-file form: a gzip member with the signed description, then the parts.
///
/// @param headSize where the first part begins
record SingleFileRelease(Path file, SignedRelease signed, long headSize) implements OpenRelease {
  private static final int BUFFER = 1 << 20;

  static SingleFileRelease open(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      SignedRelease signed = SingleHead.read(in);
      return new SingleFileRelease(file, signed, SingleHead.size(signed.json().length));
    }
  }

  @Override
  public String where() {
    return PlainText.of(file.toString());
  }

  @Override
  public long archiveSize() throws IOException {
    return Files.size(file) - headSize;
  }

  @Override
  public void walk(PartVisitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      in.skipNBytes(headSize);
      while (hasMore(in)) visitor.part(in);
    }
  }

  @Override
  public void close() {}

  private static boolean hasMore(InputStream in) throws IOException {
    in.mark(1);
    boolean hasMore = in.read() >= 0;
    in.reset();
    return hasMore;
  }
}
