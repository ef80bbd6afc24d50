package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.io.Content;

/// A content with some of its bytes changed, as a damaged or malicious drive has them.
final class Tampered implements Content {
  private final Content original;
  private final TreeMap<Long, Byte> changes = new TreeMap<>();

  Tampered(Content original) {
    this.original = original;
  }

  Tampered set(long offset, byte... bytes) {
    for (int i = 0; i < bytes.length; i++) changes.put(offset + i, bytes[i]);
    return this;
  }

  Tampered setInt(long offset, int value) {
    return set(
        offset,
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  Tampered setShort(long offset, int value) {
    return set(offset, (byte) value, (byte) (value >> 8));
  }

  @Override
  public long size() {
    return original.size();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    int start = into.position();
    original.read(offset, into);
    for (Map.Entry<Long, Byte> change :
        changes.subMap(offset, offset + into.position() - start).entrySet()) {
      into.put(start + (int) (change.getKey() - offset), change.getValue());
    }
  }
}
