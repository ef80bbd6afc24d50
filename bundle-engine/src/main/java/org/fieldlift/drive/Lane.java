package org.fieldlift.drive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import org.fieldlift.drive.DriveImage.Extent;
import org.fieldlift.drive.LaneResult.Cancelled;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// Writes one drive from its first to its last byte, reads everything back past the cache, and only
/// then makes it valid. Lanes are independent: one that fails leaves the others alone.
///
/// A lane works on the thread that calls it and on one more that alone touches the device. Neither
/// outlives the call, except a device thread that hangs inside the system.
public final class Lane {
  /// How long one operation of a device may take. Sticks pause for tens of seconds to tidy up; none
  /// comes back after three minutes.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BlockTarget target;
  private final DriveImage image;
  private final Progress progress;
  private final Progress writing;
  private final Progress checking;
  private final Cancellation cancellation;
  private final Duration patience;
  private final int lanes;
  private boolean isBegun;
  private boolean isBlank;
  private boolean mayLookValid;

  /// @param progress gets two parts, "write" and "check", in bytes
  public Lane(BlockTarget target, DriveImage image, Progress progress, Cancellation cancellation) {
    this(target, image, progress, cancellation, PATIENCE, 1);
  }

  /// @param lanes that run at once and share the memory for buffers
  public Lane(
      BlockTarget target,
      DriveImage image,
      Progress progress,
      Cancellation cancellation,
      int lanes) {
    this(target, image, progress, cancellation, PATIENCE, lanes);
  }

  Lane(
      BlockTarget target,
      DriveImage image,
      Progress progress,
      Cancellation cancellation,
      Duration patience) {
    this(target, image, progress, cancellation, patience, 1);
  }

  private Lane(
      BlockTarget target,
      DriveImage image,
      Progress progress,
      Cancellation cancellation,
      Duration patience,
      int lanes) {
    List<Extent> seal = image.seal();
    if (seal.isEmpty() || seal.getLast().offset() != 0) {
      throw new IllegalArgumentException("the last seal must be sector 0");
    }
    this.target = target;
    this.image = image;
    this.progress = progress;
    this.writing = progress.part("write");
    this.checking = progress.part("check");
    this.cancellation = cancellation;
    this.patience = patience;
    this.lanes = lanes;
  }

  /// [#run], if this is the drive that was looked at; any other stays as it is.
  public LaneResult run(Likeness lookedAt) throws IOException {
    if (target.size() != image.size()) return LaneFailure.anotherDrive(target.name()).failed();
    return sure(
        ended(device -> {
          lookedAt.require(target, device);
          return writeOrBlank(device);
        }));
  }

  /// Blocks until the drive is done, has failed, or the work was cancelled. Whatever happens, the
  /// drive is complete or has no valid sector 0; where that could not be made sure of, because the
  /// drive failed in its very last step, the result says so.
  public LaneResult run() throws IOException {
    return sure(ended(this::writeOrBlank));
  }

  private Verified writeOrBlank(DeviceQueue device) throws IOException {
    isBegun = true;
    try {
      return write(device);
    } catch (IOException | RuntimeException | Error e) {
      leaveBlank(device);
      throw e;
    }
  }

  private LaneResult sure(LaneResult result) {
    return mayLookValid ? LaneFailure.mayLookValid(target.name(), result).failed() : result;
  }

  /// Reads a finished drive and compares it with what it should hold, without writing.
  public LaneResult verify() throws IOException {
    return ended(device -> {
      List<Extent> seal = image.seal();
      List<Chunk> body = Chunk.of(image.body(), image.size());
      checking.expect(bytes(body) + sealBytes());
      long start = System.nanoTime();
      check(device, image, body, CheckPass.planned(device, image, body, cancellation));
      for (Extent extent : seal) {
        List<Chunk> chunks = Chunk.of(List.of(extent), image.size());
        check(device, image, chunks, CheckPass.planned(device, image, chunks, cancellation));
      }
      return new Verified(bytes(body) + sealBytes(), Duration.ZERO, since(start));
    });
  }

  private DeviceQueue queue() throws IOException {
    BufferMemory.Share memory = BufferMemory.SHARED.take(lanes, progress, cancellation);
    return new DeviceQueue(target, memory, patience, progress, cancellation);
  }

  private interface Work {
    LaneResult on(DeviceQueue device) throws IOException;
  }

  private LaneResult ended(Work work) throws IOException {
    if (target.size() < image.size()) {
      return LaneFailure.tooSmall(target.name(), target.size(), image.size()).failed();
    }
    boolean isInterrupted = false;
    try (DeviceQueue device = queue()) {
      return work.on(device);
    } catch (LaneFailure failure) {
      return failure.failed();
    } catch (ClosedByInterruptException e) {
      isInterrupted = true;
      return new Cancelled(isBegun);
    } catch (InterruptedIOException e) {
      isInterrupted = !(e instanceof Cancellation.Cancelled);
      return new Cancelled(isBegun);
    } finally {
      if (isInterrupted) Thread.currentThread().interrupt();
    }
  }

  private Verified write(DeviceQueue device) throws IOException {
    List<Chunk> body = Chunk.of(image.body(), image.size());
    long bytes = bytes(body) + sealBytes();
    writing.expect(bytes);
    checking.expect(bytes);
    UnsealedImage unsealed = new UnsealedImage(image);
    long start = System.nanoTime();
    blank(device);
    CapacityProbe probe = new CapacityProbe(device, target, cancellation);
    progress.step("Testing its capacity");
    probe.mark();
    Digest[] digests = new WritePass(device, unsealed, body, progress, writing, cancellation).run();
    Duration wrote = since(start);
    start = System.nanoTime();
    check(device, unsealed, body, digests);
    probe.checkBetween(body);
    seal(device);
    return new Verified(bytes, wrote, since(start));
  }

  /// Each seal is on the medium and found right before the next is written, sector 0 last: nothing
  /// can mount the drive before everything else was proven.
  private void seal(DeviceQueue device) throws IOException {
    isBlank = false;
    for (Extent extent : image.seal()) {
      List<Chunk> chunks = Chunk.of(List.of(extent), image.size());
      Digest[] digests =
          new WritePass(device, image, chunks, progress, writing, cancellation).run();
      check(device, image, chunks, digests);
    }
  }

  private void check(DeviceQueue device, DriveImage holds, List<Chunk> chunks, Digest[] digests)
      throws IOException {
    new CheckPass(target, device, holds, chunks, progress, checking, cancellation).run(digests);
  }

  /// Zeros over sector 0, kept by the medium and read back, before anything else: from here on a
  /// pulled plug leaves a blank drive. Worn cards take every write and keep none.
  private void blank(DeviceQueue device) throws IOException {
    DeviceOrder order = device.idle();
    order.buffer.clear().limit(DeviceQueue.ALIGNMENT);
    while (order.buffer.hasRemaining()) order.buffer.putLong(0);
    order.buffer.flip();
    device.write(order, 0, "sector 0", null);
    device.sync(0, "sector 0");
    device.finish();
    isBlank = readsBlank(device);
    if (!isBlank) isBlank = readsBlank(device); // cables err too
    if (!isBlank) throw LaneFailure.keepsOld(target.name());
  }

  private static boolean readsBlank(DeviceQueue device) throws IOException {
    device.read(device.idle(), 0, DeviceQueue.ALIGNMENT, "sector 0", null);
    DeviceOrder order = device.receive();
    boolean isBlank = true;
    for (int i = 0; i < DeviceQueue.ALIGNMENT; i++) isBlank &= order.buffer.get(i) == 0;
    device.release(order);
    return isBlank;
  }

  /// Sector 0 was blanked first of all and is written last of all, so this matters only when the
  /// first or the last step went wrong, or when a drive of false capacity wrapped around.
  ///
  /// @throws LaneFailure when the device does not answer
  private void leaveBlank(DeviceQueue device) throws IOException {
    mayLookValid = !isBlank;
    device.discard();
    try {
      blank(device);
      mayLookValid = false;
    } catch (LaneFailure e) {
      // Why the lane ends is known already; whether the drive is blank as well.
    }
  }

  private long sealBytes() {
    return image.seal().stream().mapToLong(Extent::length).sum();
  }

  private static long bytes(List<Chunk> chunks) {
    return chunks.stream().mapToLong(Chunk::length).sum();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
