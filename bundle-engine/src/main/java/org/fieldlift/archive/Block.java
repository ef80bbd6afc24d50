package org.fieldlift.archive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/// About one MiB of a part, turned into whole deflate blocks (RFC 1951) that end on a byte, so that
/// blocks made at the same time on all cores join to one valid stream.
///
/// What is to be stored is read straight into its frames, outside Java's heap, and written from
/// there: such bytes are never copied.
final class Block {
  /// Bytes of a file's content in a block, or the end of a file.
  sealed interface Stretch {
    record Content(ByteBuffer bytes) implements Stretch {}

    /// @param place of the file among all entries
    record End(int place) implements Stretch {}
  }

  /// Most plain bytes of one stored frame, and the length of the header before them.
  private static final int FRAME = 65_535;

  private static final int FRAME_HEADER = 5;
  private static final int CAPACITY = 16 * (FRAME_HEADER + FRAME);
  private static final int LEVEL = 6;

  /// Deflate adds less than one byte in 256 to what it cannot shrink.
  private static final int DEFLATED_CAPACITY = CAPACITY + CAPACITY / 256 + 64;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
  private final List<Stretch> stretches = new ArrayList<>();
  private final AtomicInteger users = new AtomicInteger();
  private ByteBuffer deflated = ByteBuffer.allocate(0);
  private boolean stored;
  private int length;

  /// Starts anew.
  ///
  /// @param stored whether the bytes are kept as they are
  Block begin(boolean stored) {
    this.stored = stored;
    length = 0;
    stretches.clear();
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
    if (length == CAPACITY || !stored) return bytes.slice(length, CAPACITY - length);
    int inFrame = length % (FRAME_HEADER + FRAME);
    int start = inFrame == 0 ? length + FRAME_HEADER : length;
    return bytes.slice(start, FRAME - Math.max(0, inFrame - FRAME_HEADER));
  }

  /// Says that bytes were put at the beginning of [#room].
  void added(int count) {
    boolean opensFrame = stored && length % (FRAME_HEADER + FRAME) == 0;
    length += opensFrame ? FRAME_HEADER + count : count;
  }

  /// Says what they, or those before, are of a file.
  void marked(Stretch stretch) {
    stretches.add(stretch);
  }

  /// What of this block is content, in order.
  List<Stretch> stretches() {
    return stretches;
  }

  /// Says how many will work with the filled block at the same time.
  void handOut(int users) {
    this.users.set(users);
  }

  /// Says that one of them has done.
  ///
  /// @return true when it was the last
  boolean isDone() {
    return users.decrementAndGet() == 0;
  }

  /// Turns the plain bytes into deflate blocks. May take a while; any one thread may do it.
  Block pack() {
    if (stored) frame();
    else deflate();
    return this;
  }

  /// The result of [#pack].
  ByteBuffer packed() {
    return stored ? bytes.slice(0, length) : deflated.duplicate();
  }

  private void frame() {
    for (int start = 0; start < length; start += FRAME_HEADER + FRAME) {
      int count = Math.min(FRAME, length - start - FRAME_HEADER);
      bytes.put(start, (byte) 0);
      bytes.put(start + 1, (byte) count);
      bytes.put(start + 2, (byte) (count >> 8));
      bytes.put(start + 3, (byte) ~count);
      bytes.put(start + 4, (byte) (~count >> 8));
    }
  }

  private void deflate() {
    if (deflated.capacity() == 0) deflated = ByteBuffer.allocateDirect(DEFLATED_CAPACITY);
    deflated.clear();
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      deflater.setInput(bytes.slice(0, length));
      deflater.deflate(deflated, Deflater.SYNC_FLUSH);
      if (!deflated.hasRemaining() || !deflater.needsInput()) {
        throw new IllegalStateException("deflate added more than it may");
      }
      deflated.flip();
    } finally {
      deflater.end();
    }
  }
}
