package org.fieldlift.drive;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Cuts chunks into device operations: neighbours join into one, and none crosses a boundary of the
/// drive at a multiple of their largest length, which is where flash likes to begin.
final class Runs implements Iterator<Runs.Run> {
  private final List<Chunk> chunks;
  private final long size;
  private final int largest;
  private int index;
  private long position;

  /// @param size where the drive ends, which no operation passes
  /// @param largest bytes of one operation
  Runs(List<Chunk> chunks, long size, int largest) {
    this.chunks = chunks;
    this.size = size;
    this.largest = largest;
  }

  /// @param what the first thing in it, for people
  record Run(long offset, int length, String what) {}

  @Override
  public boolean hasNext() {
    return index < chunks.size();
  }

  @Override
  public Run next() {
    if (!hasNext()) throw new NoSuchElementException();
    Chunk first = chunks.get(index);
    long start = Math.max(position, first.offset() / DeviceQueue.ALIGNMENT * DeviceQueue.ALIGNMENT);
    long limit = (start / largest + 1) * largest;
    long end = Math.min(limit, first.end());
    while (chunks.get(index).end() <= limit) {
      end = chunks.get(index).end();
      index++;
      if (index == chunks.size() || chunks.get(index).offset() != end || end == limit) break;
      end = Math.min(limit, chunks.get(index).end());
    }
    long aligned =
        (end + DeviceQueue.ALIGNMENT - 1) / DeviceQueue.ALIGNMENT * DeviceQueue.ALIGNMENT;
    position = Math.min(size, aligned);
    return new Run(start, (int) (position - start), first.extent().what());
  }
}
