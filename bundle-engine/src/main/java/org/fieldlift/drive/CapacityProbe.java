package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Cancellation;

/// Finds drives of false capacity in a second, before hours are spent on them: writes marks all
/// over the drive and looks whether they are there.
///
/// False drives come in two sorts. What is written behind their true end is gone (a mark near the
/// end finds that), or lands at the beginning again, because the upper bits of the address are
/// ignored (a mark at the same distance behind every power of two finds that). Those that begin
/// again at another place are found when what was written over the marks is in its place and the
/// marks are not.
final class CapacityProbe {
  private static final int MARK = DeviceQueue.ALIGNMENT;

  /// Behind the first MiB, which stays blank, and in front of the partition. It is marked first of
  /// all as well, because [Sample] knows by this mark that writing the drive began.
  private static final long FIRST = 2 << 20;

  private static final int SAMPLES = 32;
  private static final String WHAT = "the test of its capacity";

  private final DeviceQueue device;
  private final BlockTarget target;
  private final Cancellation cancellation;
  private final SplittableRandom random = new SplittableRandom();
  private final long run = random.nextLong();
  private final List<Long> places;
  private long room = Long.MAX_VALUE;

  CapacityProbe(DeviceQueue device, BlockTarget target, Cancellation cancellation) {
    this.device = device;
    this.target = target;
    this.cancellation = cancellation;
    this.places = places();
  }

  /// From the last to the first, so that a drive that begins again loses marks of its upper part.
  private List<Long> places() {
    TreeSet<Long> chosen = new TreeSet<>(Collections.reverseOrder());
    long blocks = target.size() / MARK;
    chosen.add((blocks - 1) * MARK);
    chosen.add(FIRST);
    for (long power = 2 * FIRST; power + FIRST < blocks * MARK; power *= 2) {
      chosen.add(power + FIRST);
    }
    long span = blocks / SAMPLES;
    for (int i = 0; i < SAMPLES; i++) chosen.add((i * span + random.nextLong(span)) * MARK);
    chosen.removeIf(place -> place < FIRST);
    return List.copyOf(chosen);
  }

  /// Writes the marks and looks for them.
  ///
  /// @throws LaneFailure when the drive lost one
  void mark() throws IOException {
    mark(FIRST);
    for (long place : places) mark(place);
    device.sync(FIRST, WHAT);
    device.finish();
    List<Long> lost = lost(places);
    if (lost.isEmpty()) return;
    long lowest = lost.getLast();
    boolean isAllGoneFromThere =
        places.stream().filter(place -> place >= lowest).allMatch(lost::contains);
    if (!isAllGoneFromThere && room == Long.MAX_VALUE) {
      throw LaneFailure.forgets(target.name(), lowest);
    }
    throw LaneFailure.falseCapacity(target.name(), target.size(), Math.min(room, lowest));
  }

  private void mark(long place) throws IOException {
    cancellation.check();
    DeviceOrder order = device.idle();
    order.buffer.clear().put(bytes(run, place)).flip();
    device.write(order, place, WHAT, null);
  }

  /// Whether this is the mark at the lowest place, of whatever run.
  static boolean isFirstMark(long offset, ByteBuffer found) {
    return offset == FIRST
        && found.remaining() == MARK
        && found.equals(ByteBuffer.wrap(bytes(found.getLong(Long.BYTES), FIRST)));
  }

  /// Looks again for the marks that nothing was written over.
  ///
  /// @param body what was written since, ascending
  /// @throws LaneFailure when one is lost, which writing elsewhere cannot do to an honest drive
  void checkBetween(List<Chunk> body) throws IOException {
    List<Long> lost = lost(places.stream().filter(place -> isBetween(place, body)).toList());
    if (!lost.isEmpty()) throw LaneFailure.forgets(target.name(), lost.getLast());
  }

  private static boolean isBetween(long place, List<Chunk> body) {
    return body.stream()
        .noneMatch(chunk ->
            chunk.offset() < place + MARK
                && place < chunk.extent().offset() + chunk.extent().length());
  }

  /// In the order they were written: what a false drive still remembers is what came last.
  private List<Long> lost(List<Long> wanted) throws IOException {
    List<Long> lost = new ArrayList<>();
    for (long place : wanted) {
      cancellation.check();
      boolean isThere = isThere(place);
      if (!isThere) isThere = isThere(place); // cables err too
      if (!isThere) lost.add(place);
    }
    return lost;
  }

  private boolean isThere(long place) throws IOException {
    device.read(device.idle(), place, MARK, WHAT, null);
    DeviceOrder order = device.receive();
    ByteBuffer found = order.buffer.duplicate();
    boolean isThere = found.equals(ByteBuffer.wrap(bytes(run, place)));
    long other = found.getLong(0);
    if (!isThere && found.equals(ByteBuffer.wrap(bytes(run, other)))) {
      room = Math.min(room, Math.abs(place - other));
    }
    device.release(order);
    return isThere;
  }

  /// A mark: its place, its run, then noise that is this run's and this place's only.
  private static byte[] bytes(long run, long place) {
    byte[] mark = new byte[MARK];
    new SplittableRandom(run ^ place).nextBytes(mark);
    ByteBuffer.wrap(mark).putLong(place).putLong(run);
    return mark;
  }
}
