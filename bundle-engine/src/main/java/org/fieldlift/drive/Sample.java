package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;

/// Bytes from all over a drive: little enough to be read within a second, and enough that nothing
/// anybody could miss goes unseen.
///
/// The first MiB has the marks of file systems that leave sector 0 alone (ISO 9660 and UDF from 32
/// KiB on, Btrfs at 64 KiB), the last one those of partition tables and of RAID. Between them lie a
/// block at every power of two MiB, where partitions begin, and others here and there, which show
/// files that lost their table.
///
/// @param isBlank nothing but zeros; or zeros in the first MiB, and behind it the mark of a drive
///   whose writing Fieldlift began and did not end
/// @param digest of all that was read
public record Sample(boolean isBlank, Digest digest) {
  private static final int MIB = 1 << 20;
  private static final int BLOCK = DeviceQueue.ALIGNMENT;
  private static final int BLOCKS = 64;

  /// The most that is read at once, in bytes.
  private static final int READ = 64 << 10;

  private record Stretch(long offset, int length) {}

  /// What a drive of this size has that nobody wrote to yet.
  public static Sample ofNew(long size) throws IOException {
    return of(
        new Content() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            while (into.hasRemaining()) into.put((byte) 0);
          }
        });
  }

  /// Reads a drive in ascending order, in blocks of 4096 bytes at multiples of it, but for its end.
  public static Sample of(Content drive) throws IOException {
    boolean isBlankAhead = true;
    boolean isBlank = true;
    boolean isBegun = false;
    Digest.Hasher hasher = new Digest.Hasher();
    ByteBuffer buffer = ByteBuffer.allocate(READ);
    for (Stretch stretch : stretches(drive.size())) {
      drive.read(stretch.offset, buffer.clear().limit(stretch.length));
      buffer.flip();
      isBlank &= isZero(buffer);
      if (stretch.offset < MIB) isBlankAhead = isBlank;
      isBegun |= CapacityProbe.isFirstMark(stretch.offset, buffer);
      hasher.update(buffer);
    }
    return new Sample(isBlank || (isBlankAhead && isBegun), hasher.digest());
  }

  /// The same ones for each drive of a size, so that two looks at one drive see the same.
  private static List<Stretch> stretches(long size) {
    List<Stretch> stretches = new ArrayList<>();
    long head = Math.min(MIB, size);
    long tail = Math.max(head, (size - MIB) / BLOCK * BLOCK);
    add(stretches, 0, head);
    places(head, tail).forEach(place -> stretches.add(new Stretch(place, BLOCK)));
    add(stretches, tail, size);
    return stretches;
  }

  private static List<Long> places(long from, long to) {
    SortedSet<Long> places = new TreeSet<>();
    for (long power = MIB; power < to; power *= 2) places.add(power);
    long span = (to - from) / BLOCK / BLOCKS;
    SplittableRandom random = new SplittableRandom(to);
    for (int i = 0; span > 0 && i < BLOCKS; i++) {
      places.add(from + (i * span + random.nextLong(span)) * BLOCK);
    }
    return List.copyOf(places);
  }

  private static void add(List<Stretch> stretches, long from, long to) {
    for (long at = from; at < to; at += READ) {
      stretches.add(new Stretch(at, (int) Math.min(READ, to - at)));
    }
  }

  private static boolean isZero(ByteBuffer bytes) {
    for (int i = 0; i < bytes.limit(); i++) if (bytes.get(i) != 0) return false;
    return true;
  }
}
