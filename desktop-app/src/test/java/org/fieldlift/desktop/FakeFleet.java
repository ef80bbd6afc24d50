package org.fieldlift.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.engine.FleetDesk;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.LedgerCheck;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Delivery;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.Drive;
import org.fieldlift.ledger.State.KnownRelease;
import org.fieldlift.ledger.State.ManifestRow;

/// A fleet in memory.
public final class FakeFleet implements FleetDesk {
  public final Map<String, Device> devices = new LinkedHashMap<>();
  public final Map<Digest, KnownRelease> releases = new LinkedHashMap<>();
  public final Map<String, Drive> drives = new LinkedHashMap<>();
  public final Map<String, Delivery> deliveries = new LinkedHashMap<>();
  public List<String> faults = List.of();

  public void device(String id, String name, String site) {
    devices.put(id, new Device(id, name, site, "linux/arm64", "Science office"));
  }

  public void knows(Row row) {
    releases.put(
        row.id(),
        new KnownRelease(
            row.id(), row.product(), row.label(), row.platform(), row.sequence(), "Genuine."));
  }

  public void drive(String code, String set, List<Digest> holds, List<String> meantFor) {
    drives.put(
        code,
        new Drive(
            code, set, 1, 1, 16_000_000_000L, FakeReleases.day("2026-05-12"), holds, meantFor));
  }

  public void delivery(
      String device, Digest release, String set, DeliveryState state, Sureness sure, String day) {
    deliveries.put(
        device,
        new Delivery("d-" + device, device, release, set, state, sure, FakeReleases.day(day), ""));
  }

  @Override
  public State state() {
    return new State(
        Map.copyOf(devices),
        Map.copyOf(releases),
        Map.copyOf(drives),
        List.copyOf(deliveries.values()),
        List.of());
  }

  @Override
  public Device addDevice(Device device) throws IOException {
    if (devices.containsKey(device.id())) {
      throw Problem.usage(
          "There is a device " + device.id() + " already.", "Choose another short name.");
    }
    devices.put(device.id(), device);
    return device;
  }

  @Override
  public Device correctDevice(Device device) {
    throw new AssertionError("the desktop does not correct");
  }

  @Override
  public List<Device> importDevices(Path csv) throws IOException {
    throw Problem.usage(
        "Line 3 of " + csv.getFileName() + " has no id.", "Add it and import again.");
  }

  @Override
  public Device assign(String device, String site) {
    throw new AssertionError("the desktop does not assign");
  }

  @Override
  public List<ManifestRow> manifest() {
    List<ManifestRow> rows = new ArrayList<>();
    for (Device device : devices.values()) {
      Optional<Delivery> delivery = Optional.ofNullable(deliveries.get(device.id()));
      rows.add(
          new ManifestRow(device, delivery.map(known -> releases.get(known.release())), delivery));
    }
    return rows;
  }

  @Override
  public void exportManifest(Format format, OutputStream out) throws IOException {
    String lines = format + "\n" + String.join("\n", devices.keySet()) + "\n";
    out.write(lines.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void exportManifest(Format format, Path file) throws IOException {
    AtomicFiles.write(file, out -> exportManifest(format, out));
  }

  @Override
  public LedgerCheck checkLedger() {
    return new LedgerCheck(412, 1, faults);
  }

  @Override
  public void exportLedger(Path file) {
    throw new AssertionError("the desktop does not export the ledger");
  }

  @Override
  public int importLedger(InputStream in) {
    throw new AssertionError("the desktop does not import a ledger");
  }

  @Override
  public void report(String device, String release, DeliveryState state, String why) {
    throw new AssertionError("the desktop has no page for reports yet");
  }
}
