package org.fieldlift.field;

import java.io.IOException;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.trust.TrustStore;

/// Takes a release into a device's stage store: everything is checked before anything is believed,
/// and nothing is half done.
public final class BundleImport {
  /// @param platform what this device is (`linux/arm64`)
  public BundleImport(TrustStore trust, StageStore store, DeviceState device, String platform) {
    throw new UnsupportedOperationException("" + trust + store + device + platform);
  }

  public ImportResult run(
      OpenRelease release, boolean setNext, Progress progress, Cancellation cancellation)
      throws IOException {
    throw new UnsupportedOperationException("" + release + setNext + progress + cancellation);
  }
}
