package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.field.BundleImport;
import org.fieldlift.field.DeviceState;
import org.fieldlift.field.ImportResult;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;

/// Import at the device, from whatever form a release comes in.
final class StationField implements FieldDesk {
  private final Path deviceState;
  private final StationTrust trust;

  /// @param deviceState folder of what this machine remembers as a device
  StationField(Path deviceState, StationTrust trust) {
    this.deviceState = deviceState;
    this.trust = trust;
  }

  @Override
  public ImportResult importBundle(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    try (OpenRelease release = suitable(order)) {
      BundleImport bundleImport =
          new BundleImport(
              trust.store(),
              StageStore.open(order.stageStore()),
              DeviceState.open(deviceState),
              order.platform());
      return bundleImport.run(release, order.setNext(), progress, cancellation);
    }
  }

  /// The release to import: the only one, or of several the newest for this platform.
  private static OpenRelease suitable(ImportOrder order) throws IOException {
    List<OpenRelease> found = ReleaseFinder.open(order.from());
    OpenRelease chosen = null;
    long best = Long.MIN_VALUE;
    for (OpenRelease release : found) {
      boolean suits =
          found.size() == 1 || release.signed().release().platform().equals(order.platform());
      if (suits && release.signed().release().sequence() > best) {
        chosen = release;
        best = release.signed().release().sequence();
      }
    }
    for (OpenRelease release : found) if (!release.equals(chosen)) release.close();
    if (chosen == null) {
      throw Problem.failed(
          "Nothing there is for " + order.platform() + ".",
          "Ask for a drive with a release for this platform.");
    }
    return chosen;
  }
}
