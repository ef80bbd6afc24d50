package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.fieldlift.drive.Runs.Run;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// Reads a drive back past the cache and compares it with the digests it must have.
final class CheckPass {
  private final BlockTarget target;
  private final DeviceQueue device;
  private final DriveImage image;
  private final List<Chunk> chunks;
  private final Progress lane;
  private final Progress part;
  private final Cancellation cancellation;
  private int suspect;

  /// @param image is asked again only where a digest is wrong, to name the wrong bytes
  CheckPass(
      BlockTarget target,
      DeviceQueue device,
      DriveImage image,
      List<Chunk> chunks,
      Progress lane,
      Progress part,
      Cancellation cancellation) {
    this.target = target;
    this.device = device;
    this.image = image;
    this.chunks = chunks;
    this.lane = lane;
    this.part = part;
    this.cancellation = cancellation;
  }

  /// The digests a finished drive must have: those known beforehand, and those of what is made up.
  ///
  /// @param device lends a buffer
  static Digest[] planned(
      DeviceQueue device, DriveImage image, List<Chunk> chunks, Cancellation cancellation)
      throws IOException {
    Digest[] digests = new Digest[chunks.size()];
    DeviceOrder lent = device.idle();
    for (int i = 0; i < digests.length; i++) {
      Chunk chunk = chunks.get(i);
      Digest expected = chunk.expected();
      if (expected != null) {
        digests[i] = expected;
        continue;
      }
      ChunkHasher hasher = new ChunkHasher(List.of(chunk));
      int index = i;
      Runs runs = new Runs(List.of(chunk), image.size(), device.bufferSize());
      while (runs.hasNext()) {
        cancellation.check();
        Run run = runs.next();
        WritePass.fill(image, run, lent.buffer);
        hasher.take(
            run.offset(),
            lent.buffer,
            (ignored, digest) -> {
              digests[index] = digest;
              return true;
            });
      }
    }
    device.release(lent);
    return digests;
  }

  /// Compares all chunks. A chunk that is wrong is read once more: cables and hubs err too, and
  /// only what is wrong twice is wrong on the medium.
  ///
  /// @throws LaneFailure that names the wrong bytes
  void run(Digest[] digests) throws IOException {
    int from = 0;
    while (!isRight(from, digests)) {
      device.discard();
      inspect(chunks.get(suspect), digests[suspect]);
      from = suspect + 1;
    }
  }

  /// Whether all chunks from this one on are right; if not, the first wrong one is suspect.
  private boolean isRight(int from, Digest[] digests) throws IOException {
    List<Chunk> rest = chunks.subList(from, chunks.size());
    ChunkHasher hasher = new ChunkHasher(rest);
    Runs runs = new Runs(rest, image.size(), device.bufferSize());
    while (runs.hasNext() || device.hasPending()) {
      cancellation.check();
      while (device.hasIdle() && runs.hasNext()) {
        Run run = runs.next();
        device.read(device.idle(), run.offset(), run.length(), run.what(), part);
        lane.step("Checking " + run.what());
      }
      DeviceOrder order = device.receive();
      boolean goesOn =
          hasher.take(
              order.offset(),
              order.buffer.duplicate(),
              (index, digest) -> {
                suspect = from + index;
                return digest.equals(digests[suspect]);
              });
      device.release(order);
      if (!goesOn) return false;
    }
    return true;
  }

  /// Reads one chunk again, beside the image.
  private void inspect(Chunk chunk, Digest expected) throws IOException {
    long extentStart = chunk.extent().offset();
    Digest.Hasher hasher = new Digest.Hasher();
    DeviceOrder lent = device.idle();
    ByteBuffer right = lent.buffer;
    long first = -1;
    long last = -1;
    Runs runs = new Runs(List.of(chunk), image.size(), device.bufferSize());
    while (runs.hasNext()) {
      cancellation.check();
      Run run = runs.next();
      device.read(device.idle(), run.offset(), run.length(), run.what(), null);
      DeviceOrder order = device.receive();
      WritePass.fill(image, run, right);
      int from = (int) Math.max(0, chunk.offset() - run.offset());
      int length = (int) Math.min(run.length(), chunk.end() - run.offset()) - from;
      hasher.update(order.buffer.slice(from, length));
      for (int at = from; at < from + length; at++) {
        if (order.buffer.get(at) == right.get(at)) continue;
        last = run.offset() + at - extentStart;
        if (first < 0) first = last;
      }
      device.release(order);
    }
    device.release(lent);
    if (hasher.digest().equals(expected)) return;
    if (first < 0) throw LaneFailure.source(chunk.extent()); // the source changed meanwhile
    throw LaneFailure.different(target.name(), chunk.extent().what(), first, last);
  }
}
