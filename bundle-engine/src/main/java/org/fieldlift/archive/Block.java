package org.fieldlift.archive;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/// About one MiB of a part, turned into whole deflate blocks (RFC 1951) that end on a byte, so that
/// blocks made at the same time on all cores join to one valid stream.
///
/// What is to be stored is read straight into its frames: such bytes are never copied.
final class Block {
  /// Most plain bytes of one stored frame, and the length of the header before them.
  private static final int FRAME = 65_535;

  private static final int FRAME_HEADER = 5;
  private static final int CAPACITY = 16 * (FRAME_HEADER + FRAME);
  private static final int LEVEL = 6;

  private final byte[] bytes = new byte[CAPACITY];

  /// Deflate adds less than one byte in 256 to what it cannot shrink.
  private final byte[] deflated = new byte[CAPACITY + CAPACITY / 256 + 64];

  private boolean stored;
  private int length;
  private int deflatedLength;

  /// Starts anew.
  ///
  /// @param stored whether the bytes are kept as they are
  Block begin(boolean stored) {
    this.stored = stored;
    length = 0;
    return this;
  }

  boolean isStored() {
    return stored;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /// Where the next plain bytes go; without room when the block is full.
  ByteBuffer room() {
    if (length == CAPACITY) return ByteBuffer.wrap(bytes, length, 0);
    if (!stored) return ByteBuffer.wrap(bytes, length, CAPACITY - length);
    int inFrame = length % (FRAME_HEADER + FRAME);
    int start = inFrame == 0 ? length + FRAME_HEADER : length;
    return ByteBuffer.wrap(bytes, start, FRAME - Math.max(0, inFrame - FRAME_HEADER));
  }

  /// Says that bytes were put at the beginning of [#room].
  void added(int count) {
    boolean opensFrame = stored && length % (FRAME_HEADER + FRAME) == 0;
    length += opensFrame ? FRAME_HEADER + count : count;
  }

  /// Turns the plain bytes into deflate blocks. May take a while; any one thread may do it.
  Block pack() {
    if (stored) frame();
    else deflate();
    return this;
  }

  /// The result of [#pack].
  ByteBuffer packed() {
    return stored
        ? ByteBuffer.wrap(bytes, 0, length)
        : ByteBuffer.wrap(deflated, 0, deflatedLength);
  }

  private void frame() {
    for (int start = 0; start < length; start += FRAME_HEADER + FRAME) {
      int count = Math.min(FRAME, length - start - FRAME_HEADER);
      bytes[start] = 0;
      bytes[start + 1] = (byte) count;
      bytes[start + 2] = (byte) (count >> 8);
      bytes[start + 3] = (byte) ~count;
      bytes[start + 4] = (byte) (~count >> 8);
    }
  }

  private void deflate() {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(bytes, 0, length);
      deflatedLength = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
      if (deflatedLength == deflated.length || !deflater.needsInput()) {
        throw new IllegalStateException("deflate added more than it may");
      }
    } finally {
      deflater.end();
    }
  }
}
