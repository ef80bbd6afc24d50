package org.fieldlift.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends a layer whose headers promise names of gigabytes, which a tar reader would take into
/// memory.
final class HeaderGuard extends FilterInputStream {
  /// Hears of bytes that were unpacked.
  @FunctionalInterface
  interface Unpacked {
    void count(long bytes) throws IOException;
  }

  private final int largest;
  private final Unpacked unpacked;
  private long left = Long.MAX_VALUE;

  /// @param largest bytes between [#begin] and [#end]
  HeaderGuard(InputStream in, int largest, Unpacked unpacked) {
    super(in);
    this.largest = largest;
    this.unpacked = unpacked;
  }

  void begin() {
    left = largest;
  }

  void end() {
    left = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int single = super.read();
    if (single >= 0) count(1);
    return single;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    count(Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long count = super.skip(wanted);
    count(count);
    return count;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) throw ImageFiles.damaged("the name of a file in it is larger than any name");
    unpacked.count(bytes);
  }
}
