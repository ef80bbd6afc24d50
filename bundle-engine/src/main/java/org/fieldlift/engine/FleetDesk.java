package org.fieldlift.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.LedgerCheck;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.ManifestRow;

/// Devices, and which of them received which version.
public interface FleetDesk {
  State state() throws IOException;

  /// Records a device. One that is there with the same facts is left as it is, so that an addition
  /// whose answer was lost can be done again.
  Device addDevice(Device device) throws IOException;

  /// Records what a device is really called, where it stands, and so on, in place of all that was
  /// said of it; also settles what two stations say differently.
  Device correctDevice(Device device) throws IOException;

  /// Reads devices from CSV (RFC 4180, header line with id, name, site, platform, keeper); all or
  /// none.
  ///
  /// @return the devices that were new
  List<Device> importDevices(Path csv) throws IOException;

  Device assign(String device, String site) throws IOException;

  /// Records what a person said of a device: that it holds a release, runs it, failed with it.
  ///
  /// @param release id, its beginning, or its name with version: `scope@2026.1.1`
  /// @param state what only the device can know: issued, or anything after it
  /// @param why what they said; empty for nothing
  void report(String device, String release, DeliveryState state, String why) throws IOException;

  /// Which devices received which version.
  List<ManifestRow> manifest() throws IOException;

  /// How a manifest can be written.
  enum Format {
    JSON,
    CSV
  }

  void exportManifest(Format format, OutputStream out) throws IOException;

  /// Writes the manifest to a file of the person's own: whole, or the file is as it was.
  void exportManifest(Format format, Path file) throws IOException;

  LedgerCheck checkLedger() throws IOException;

  /// Writes all events to a file of the person's own: whole, or the file is as it was.
  void exportLedger(Path file) throws IOException;

  /// Takes in the events of other stations, or this station's own from a backup; all or none.
  ///
  /// @return how many were new
  int importLedger(InputStream in) throws IOException;
}
