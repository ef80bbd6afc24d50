package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fieldlift.drive.target.BlockTarget;

/// A sparse drive in memory that keeps a diary; tests make it fail by overriding.
class MemoryDrive implements BlockTarget {
  private static final int BLOCK = 4096;

  final List<String> diary = new CopyOnWriteArrayList<>();
  private final Map<Long, byte[]> blocks = new ConcurrentHashMap<>();
  private final long size;

  MemoryDrive(long size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "FL-7K3QX2";
  }

  @Override
  public String hardware() {
    return "stick no. 7";
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return 512;
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    diary.add("write " + offset + "+" + from.remaining());
    put(offset, from);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    diary.add("read " + offset + "+" + into.remaining());
    take(offset, into);
  }

  @Override
  public void sync() throws IOException {
    diary.add("sync");
  }

  @Override
  public void close() {}

  final void put(long offset, ByteBuffer from) {
    demand(offset, from);
    for (long at = offset; from.hasRemaining(); at += BLOCK) {
      byte[] block = new byte[BLOCK];
      from.get(block, 0, Math.min(BLOCK, from.remaining()));
      blocks.put(at, block);
    }
  }

  final void take(long offset, ByteBuffer into) {
    demand(offset, into);
    for (long at = offset; into.hasRemaining(); at += BLOCK) {
      into.put(blocks.getOrDefault(at, new byte[BLOCK]), 0, Math.min(BLOCK, into.remaining()));
    }
  }

  final byte[] bytes(long offset, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    take(offset, bytes);
    return bytes.array();
  }

  final boolean hasValidSectorZero() {
    byte[] sector = bytes(0, BLOCK);
    return sector[510] == 0x55 && sector[511] == (byte) 0xAA;
  }

  /// The promise every caller of a target makes.
  private void demand(long offset, ByteBuffer buffer) {
    boolean isAligned = offset % BLOCK == 0;
    boolean endsWell = buffer.remaining() % BLOCK == 0 || offset + buffer.remaining() == size;
    if (!isAligned || !endsWell || offset + buffer.remaining() > size) {
      throw new IllegalArgumentException(offset + "+" + buffer.remaining() + " of " + size);
    }
  }
}
