package org.fieldlift.fat32;

import java.nio.ByteBuffer;
import org.fieldlift.io.Content;

/// Contents of any length that cost no memory.
final class SampleContent {
  private SampleContent() {}

  static Content zeros(long size) {
    return generated(size, 0);
  }

  /// Bytes that differ from place to place and from file to file.
  static Content generated(long size, int seed) {
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, ByteBuffer into) {
        if (into.remaining() > size - offset) throw new AssertionError("read past the end");
        if (seed == 0) {
          into.put(new byte[into.remaining()]);
          return;
        }
        for (long at = offset; into.hasRemaining(); at++)
          into.put((byte) (at * 31 + seed + at / 251));
      }
    };
  }
}
