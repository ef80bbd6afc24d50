package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.field.ImportResult;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// What is done at the device.
public interface FieldDesk {
  /// @param from a single file, a directory form, or the drives of a set in any order
  /// @param stageStore Forklift's `stages` directory
  /// @param platform what the device is
  record ImportOrder(List<Path> from, Path stageStore, String platform, boolean setNext) {}

  ImportResult importBundle(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException;
}
