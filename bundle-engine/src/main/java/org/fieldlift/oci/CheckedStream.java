package org.fieldlift.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;

/// A blob's bytes, whose end is only reached when size and digest are right.
final class CheckedStream extends FilterInputStream {
  private final Descriptor blob;
  private final Cancellation cancellation;
  private final Digest.Hasher hasher = new Digest.Hasher();
  private long size;
  private boolean isRight;

  CheckedStream(InputStream in, Descriptor blob, Cancellation cancellation) {
    super(in);
    this.blob = blob;
    this.cancellation = cancellation;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    cancellation.check();
    int count = super.read(into, offset, length);
    if (count >= 0) {
      size += count;
      hasher.update(into, offset, count);
      if (size <= blob.size()) return count;
    }
    if (!isRight && (size != blob.size() || !hasher.digest().equals(blob.digest()))) throw wrong();
    isRight = true;
    return count;
  }

  /// Skipped bytes count like those that are read.
  @Override
  public long skip(long wanted) throws IOException {
    byte[] block = new byte[(int) Math.min(1 << 16, Math.max(0, wanted))];
    return block.length == 0 ? 0 : Math.max(0, read(block, 0, block.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private Problem wrong() {
    return Problem.notGenuine(
        "A part of an image is not what its manifest says (%s…).".formatted(blob.digest().brief()),
        "It is damaged; get the image again from its source: fieldlift image cache.");
  }
}
