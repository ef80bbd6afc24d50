package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.jspecify.annotations.Nullable;

/// One operation of a [DeviceQueue] and the buffer it uses; both are used again and again.
final class DeviceOrder {
  private static final int TRIES = 3;

  final ByteBuffer buffer;
  private Act act = Act.SYNC;
  private long offset;
  private String what = "";
  private int tries;
  private @Nullable Progress part;
  private @Nullable Throwable failure;

  DeviceOrder(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /// What the device shall do.
  enum Act {
    WRITE,
    READ,
    SYNC
  }

  /// @param what is there, for people
  /// @param part hears of the bytes once they are through
  void renew(Act act, long offset, String what, @Nullable Progress part) {
    this.act = act;
    this.offset = offset;
    this.what = what;
    this.part = part;
    this.tries = 0;
    this.failure = null;
  }

  long offset() {
    return offset;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /// Whatever goes wrong is the order's failure: a thread that died would be waited for.
  void attempt(BlockTarget target) {
    tries++;
    try {
      switch (act) {
        case WRITE -> target.write(offset, buffer.duplicate());
        case READ -> target.read(offset, buffer.duplicate());
        case SYNC -> target.sync();
      }
      failure = null;
      if (part != null) part.advance(buffer.remaining());
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
  }

  /// The device is worse off than its answer says.
  void fail(DeviceError error) {
    failure = error;
  }

  /// Errors pass: hubs reset, cables wobble. A failed sync is final, because systems report lost
  /// bytes once and call the next sync a success.
  boolean isWorthAnotherTry() {
    if (tries >= TRIES || act == Act.SYNC) return false;
    return switch (failure) {
      case DeviceError error -> error.kind() == DeviceError.Kind.IO;
      case Problem problem -> false;
      case IOException e -> true;
      case null, default -> false;
    };
  }

  LaneFailure words(String drive, IOException e) {
    return LaneFailure.device(drive, act != Act.READ, offset, what, e);
  }
}
