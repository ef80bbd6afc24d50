package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.fieldlift.drive.Runs.Run;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// Carries an image's bytes to the device in one ascending pass, and keeps the digest of what it
/// handed over.
///
/// @param lane says what is being written
/// @param part advances by what the device took
record WritePass(
    DeviceQueue device,
    DriveImage image,
    List<Chunk> chunks,
    Progress lane,
    Progress part,
    Cancellation cancellation) {
  /// How much the device may hold back before it is asked to keep it: bounds the last wait and
  /// keeps the progress honest.
  private static final long SYNC_EVERY = 256L << 20;

  /// Writes everything and waits until the medium has it.
  ///
  /// @return one digest for each chunk
  /// @throws LaneFailure of fault SOURCE as soon as a chunk is not what was planned
  Digest[] run() throws IOException {
    Digest[] digests = new Digest[chunks.size()];
    ChunkHasher hasher = new ChunkHasher(chunks);
    long unsynced = 0;
    long last = 0;
    for (Runs runs = new Runs(chunks, image.size(), device.bufferSize()); runs.hasNext(); ) {
      cancellation.check();
      Run run = runs.next();
      lane.step("Writing " + run.what());
      DeviceOrder order = device.idle();
      fill(image, run, order.buffer);
      hasher.take(
          run.offset(),
          order.buffer.duplicate(),
          (index, digest) -> {
            Digest expected = chunks.get(index).expected();
            if (expected != null && !expected.equals(digest)) {
              throw LaneFailure.source(chunks.get(index).extent());
            }
            digests[index] = digest;
            return true;
          });
      device.write(order, run.offset(), run.what(), part);
      unsynced += run.length();
      last = run.offset();
      if (unsynced >= SYNC_EVERY) {
        device.sync(run.offset(), run.what());
        unsynced = 0;
      }
    }
    lane.step("Waiting until the drive has kept everything");
    device.sync(last, "the end of the drive");
    device.finish();
    return digests;
  }

  /// Fills a buffer with what the image says.
  static void fill(DriveImage image, Run run, ByteBuffer buffer) throws IOException {
    buffer.clear().limit(run.length());
    try {
      image.read(run.offset(), buffer);
    } catch (ClosedByInterruptException e) {
      throw e; // a wish to stop, not a fault of the source
    } catch (IOException e) {
      throw LaneFailure.unreadableSource(run.what(), e);
    }
    if (buffer.hasRemaining()) throw new IllegalStateException("image left a gap at " + run);
    buffer.flip();
  }
}
