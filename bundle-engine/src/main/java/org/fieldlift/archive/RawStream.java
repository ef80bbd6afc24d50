package org.fieldlift.archive;

import java.io.IOException;
import java.io.InputStream;

/// A stream of gzip members that can be left exactly behind one of them.
///
/// Inflating needs bytes in large blocks and so always reads too far; here what was too much stays
/// for the next reader. Whoever reads several members from one stream wraps it once and passes
/// this.
public final class RawStream extends InputStream {
  private static final int BLOCK = 256 << 10;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private int position;
  private int limit;

  private RawStream(InputStream in) {
    this.in = in;
  }

  /// The stream itself when it is one of these already.
  public static RawStream of(InputStream in) {
    return in instanceof RawStream raw ? raw : new RawStream(in);
  }

  /// True when nothing follows. May wait for bytes, and keeps them for the next reader.
  public boolean isAtEnd() throws IOException {
    return !fill();
  }

  /// True when bytes were read ahead that nobody has taken.
  boolean hasLeftOver() {
    return position < limit;
  }

  /// Makes sure that there is something in [#block] from [#position] to [#limit].
  boolean fill() throws IOException {
    if (position < limit) return true;
    position = 0;
    limit = Math.max(0, in.read(block, 0, BLOCK));
    return limit > 0;
  }

  byte[] block() {
    return block;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /// Says that the bytes before this place in [#block] were used.
  void usedTo(int place) {
    position = place;
  }

  @Override
  public int read() throws IOException {
    return fill() ? block[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!fill()) return -1;
    int count = Math.min(length, limit - position);
    System.arraycopy(block, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
