package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// An image as it is before sealing: zeros wherever a seal will lie, so that no half-written drive
/// looks valid to anybody.
record UnsealedImage(DriveImage image) implements DriveImage {
  @Override
  public long size() {
    return image.size();
  }

  @Override
  public List<Extent> body() {
    return image.body();
  }

  @Override
  public List<Extent> seal() {
    return List.of();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int start = into.position();
    long end = offset + into.remaining();
    image.read(offset, into);
    for (Extent seal : image.seal()) {
      long to = Math.min(end, seal.offset() + seal.length());
      for (long at = Math.max(offset, seal.offset()); at < to; at++) {
        into.put(start + (int) (at - offset), (byte) 0);
      }
    }
  }
}
