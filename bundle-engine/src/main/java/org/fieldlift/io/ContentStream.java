package org.fieldlift.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads a content from its first to its last byte, a block at a time.
final class ContentStream extends InputStream {
  private static final int BLOCK = 1 << 20;

  private final Content content;
  private final ByteBuffer block;
  private long position;

  ContentStream(Content content) {
    this.content = content;
    this.block = ByteBuffer.allocate((int) Math.min(BLOCK, Math.max(1, content.size()))).limit(0);
  }

  @Override
  public int read() throws IOException {
    return fill() ? block.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!fill()) return -1;
    int count = Math.min(length, block.remaining());
    block.get(into, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (block.hasRemaining()) return true;
    long left = content.size() - position;
    if (left <= 0) return false;
    block.clear().limit((int) Math.min(block.capacity(), left));
    int length = block.remaining();
    content.read(position, block);
    position += length;
    block.flip();
    return true;
  }
}
