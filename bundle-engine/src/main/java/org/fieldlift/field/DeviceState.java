package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Path;

/// What a device remembers between imports: the highest sequence it accepted of each product, and
/// the latest trusted time it saw (clocks in the field go wrong).
public final class DeviceState {
  private DeviceState() {}

  /// @param folder made when missing
  public static DeviceState open(Path folder) throws IOException {
    throw new UnsupportedOperationException("open " + folder);
  }
}
