package org.fieldlift.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The fixed bytes around deflated data in a gzip member (RFC 1952).
final class Gzip {
  /// Length of a header without optional fields, and of a trailer.
  static final int HEADER = 10;

  static final int TRAILER = 8;

  /// Flag of a header that an extra field follows.
  static final int EXTRA = 4;

  /// An empty last deflate block (RFC 1951): every block of ours ends on a byte, so this may
  /// follow.
  private static final byte[] LAST_BLOCK = {3, 0};

  private Gzip() {}

  /// A header that says nothing of time, name or system (255, unknown).
  static byte[] header(int flags) {
    return new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, (byte) 255};
  }

  /// Checksum and length (modulo 2³²) of the plain bytes.
  static byte[] trailer(int crc, long length) {
    return ByteBuffer.allocate(TRAILER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(crc)
        .putInt((int) length)
        .array();
  }

  /// The end of deflated data and the trailer.
  static byte[] end(int crc, long length) {
    return ByteBuffer.allocate(LAST_BLOCK.length + TRAILER)
        .put(LAST_BLOCK)
        .put(trailer(crc, length))
        .array();
  }
}
