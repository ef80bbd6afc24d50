package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Digest;

/// An image whose every byte follows from its offset: a table, pieces, and seals that overlap the
/// blank first MiB, as on a real drive.
final class TestImage implements DriveImage {
  static final int MIB = 1 << 20;
  private static final Extent BOOT = new Extent(512 << 10, 4096, "boot sectors", null, 0);
  private static final Extent SECTOR_0 = new Extent(0, 4096, "partition table", null, 0);

  private final long size;
  private final List<Extent> body = new ArrayList<>();
  private final List<Extent> content = new ArrayList<>();

  TestImage(long size) {
    this.size = size;
    body.add(new Extent(0, MIB, "first MiB", null, 0));
  }

  /// A table of 64 KiB, pieces of these lengths one after the other from 4 MiB on, and a blank end.
  static TestImage withPieces(long size, long... lengths) {
    TestImage image = new TestImage(size).with(MIB, 65536, "file allocation table");
    long at = 4L * MIB;
    int number = 0;
    for (long length : lengths) {
      image.withPiece(at, length, "piece " + ++number + " of " + lengths.length);
      at += image.body.getLast().length();
    }
    long end = (size - 1) / 4096 * 4096;
    return at <= end ? image.withBlank(end, size - end, "end of the drive") : image;
  }

  TestImage with(long offset, long length, String what) {
    Extent extent = new Extent(offset, length, what, null, 0);
    body.add(extent);
    content.add(extent);
    return this;
  }

  TestImage withBlank(long offset, long length, String what) {
    body.add(new Extent(offset, length, what, null, 0));
    return this;
  }

  /// A piece that is padded to the next 4096 bytes and whose digest is known.
  TestImage withPiece(long offset, long length, String what) {
    long padded = (length + 4095) / 4096 * 4096;
    content.add(new Extent(offset, length, what, null, 0));
    body.add(new Extent(offset, padded, what, digest(offset, length), length));
    return this;
  }

  private static Digest digest(long offset, long length) {
    byte[] bytes = new byte[(int) length];
    for (int i = 0; i < length; i++) bytes[i] = made(offset + i);
    return Digest.of(bytes);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public List<Extent> body() {
    return body;
  }

  @Override
  public List<Extent> seal() {
    return List.of(BOOT, SECTOR_0);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int start = into.position();
    long end = offset + into.remaining();
    while (into.hasRemaining()) into.put((byte) 0);
    for (Extent extent : content) {
      long to = Math.min(end, extent.offset() + extent.length());
      for (long at = Math.max(offset, extent.offset()); at < to; at++) {
        into.put(start + (int) (at - offset), made(at));
      }
    }
    for (Extent seal : seal()) {
      long signature = seal.offset() + 510;
      if (signature < offset || signature >= end) continue;
      into.putShort(start + (int) (signature - offset), (short) 0x55AA);
    }
  }

  private static byte made(long offset) {
    return (byte) ((offset * 0x9E3779B97F4A7C15L) >>> 56);
  }

  /// Whether the drive holds all that this image says.
  boolean isOn(MemoryDrive drive) throws IOException {
    List<Extent> all = new ArrayList<>(body);
    all.addAll(seal());
    for (Extent extent : all) {
      int length = (int) Math.min(extent.length(), size - extent.offset());
      ByteBuffer right = ByteBuffer.allocate(length);
      read(extent.offset(), right);
      if (!java.util.Arrays.equals(right.array(), drive.bytes(extent.offset(), length))) {
        return false;
      }
    }
    return true;
  }
}
