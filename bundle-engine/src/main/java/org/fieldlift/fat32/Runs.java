package org.fieldlift.fat32;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.fieldlift.io.Content;

/// The contiguous runs of clusters that a chain consists of, in order.
final class Runs {
  /// More pieces than any file has that somebody can still use; bounds the memory a chain takes.
  static final int MOST = 1 << 18;

  private int[] first = new int[4];
  private int[] length = new int[4];
  private int count;
  private long clusters;

  /// @return false when there are too many runs
  boolean add(int cluster) {
    clusters++;
    if (count > 0 && cluster == first[count - 1] + length[count - 1]) {
      length[count - 1]++;
      return true;
    }
    if (count == MOST) return false;
    if (count == first.length) {
      first = Arrays.copyOf(first, 2 * count);
      length = Arrays.copyOf(length, 2 * count);
    }
    first[count] = cluster;
    length[count++] = 1;
    return true;
  }

  long clusters() {
    return clusters;
  }

  /// True when a cluster comes twice: the chain bites its tail.
  boolean overlap() {
    long[] sorted =
        IntStream.range(0, count)
            .mapToLong(i -> (long) first[i] << 32 | length[i])
            .sorted()
            .toArray();
    for (int i = 1; i < sorted.length; i++) {
      if ((sorted[i - 1] >> 32) + (int) sorted[i - 1] > sorted[i] >> 32) return true;
    }
    return false;
  }

  /// The first bytes of the chain.
  Content content(Content drive, ParameterBlock block, long size) {
    long[] starts = new long[count];
    for (int i = 1; i < count; i++) {
      starts[i] = starts[i - 1] + (long) length[i - 1] * block.clusterSize();
    }
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        if (into.remaining() > size - offset) throw new EOFException();
        int found = Arrays.binarySearch(starts, offset);
        int run = found >= 0 ? found : -found - 2;
        long at = offset;
        int limit = into.limit();
        while (into.position() < limit) {
          long within = at - starts[run];
          long room = (long) length[run] * block.clusterSize() - within;
          int some = (int) Math.min(limit - into.position(), room);
          try {
            drive.read(block.offsetOf(first[run]) + within, into.limit(into.position() + some));
          } finally {
            into.limit(limit);
          }
          at += some;
          run++;
        }
      }
    };
  }
}
