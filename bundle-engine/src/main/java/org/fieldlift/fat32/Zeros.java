package org.fieldlift.fat32;

import java.nio.ByteBuffer;

/// What lies where nothing lies.
final class Zeros {
  private static final byte[] SOME = new byte[1 << 16];

  private Zeros() {}

  /// Puts this many zeros, or as many as the buffer has room for.
  static void fill(ByteBuffer into, long count) {
    int left = (int) Math.min(into.remaining(), count);
    while (left > 0) {
      int some = Math.min(left, SOME.length);
      into.put(SOME, 0, some);
      left -= some;
    }
  }
}
