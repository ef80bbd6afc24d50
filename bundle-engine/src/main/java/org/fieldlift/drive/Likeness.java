package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;

/// What tells a drive from another one that came under its name since it was looked at: minutes may
/// pass between the question whether it may be erased and the answer.
///
/// @param hardware see [org.fieldlift.drive.target.TargetFacts#hardware]; many makers give all
///   their drives one serial number, so it does not do alone
/// @param bytes digest of a [Sample]; empty when it could not be read
public record Likeness(String hardware, Optional<Digest> bytes) {
  private static final String WHAT = "what was on it before";

  /// @throws LaneFailure when it is another drive, or its bytes are others by now
  void require(BlockTarget target, DeviceQueue device) throws IOException {
    boolean isIt = hardware.equals(target.hardware());
    if (isIt && bytes.isPresent()) {
      isIt = bytes.get().equals(Sample.of(new OnDevice(device, target.size())).digest());
    }
    if (!isIt) throw LaneFailure.anotherDrive(target.name());
  }

  private record OnDevice(DeviceQueue device, long size) implements Content {
    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
      device.read(device.idle(), offset, into.remaining(), WHAT, null);
      DeviceOrder order = device.receive();
      into.put(order.buffer.duplicate());
      device.release(order);
    }
  }
}
