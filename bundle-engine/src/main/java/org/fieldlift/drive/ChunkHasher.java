package org.fieldlift.drive;

import java.nio.ByteBuffer;
import java.util.List;
import org.fieldlift.io.Digest;

/// Takes a drive's bytes in ascending order and says each chunk's digest as soon as it is complete.
final class ChunkHasher {
  private final List<Chunk> chunks;
  private final Digest.Hasher hasher = new Digest.Hasher();
  private int index;

  ChunkHasher(List<Chunk> chunks) {
    this.chunks = chunks;
  }

  /// Hears of complete chunks.
  @FunctionalInterface
  interface Judge {
    /// Whether to go on.
    boolean goesOn(int index, Digest digest) throws LaneFailure;
  }

  /// Hashes the buffer's remaining bytes; bytes outside all chunks pass by.
  ///
  /// @return false as soon as the judge said so
  boolean take(long offset, ByteBuffer bytes, Judge judge) throws LaneFailure {
    int start = bytes.position();
    long end = offset + bytes.remaining();
    while (index < chunks.size() && chunks.get(index).offset() < end) {
      Chunk chunk = chunks.get(index);
      int from = (int) (Math.max(offset, chunk.offset()) - offset);
      int to = (int) (Math.min(end, chunk.end()) - offset);
      hasher.update(bytes.slice(start + from, to - from));
      if (chunk.end() > end) return true;
      index++;
      if (!judge.goesOn(index - 1, hasher.digest())) return false;
    }
    return true;
  }
}
