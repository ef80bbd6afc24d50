package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.DriveCheck;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.Layout;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Planner;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.StoredRelease;

/// Drives of this station: what is there, what goes onto them, and writing it.
final class StationDrives implements DriveDesk {
  private final String station;
  private final VirtualDrives virtual;
  private final StationReleases releases;
  private final StationFleet fleet;
  private final StationLedger ledger;
  private final Clock clock;

  StationDrives(
      String station,
      VirtualDrives virtual,
      StationReleases releases,
      StationFleet fleet,
      StationLedger ledger,
      Clock clock) {
    this.station = station;
    this.virtual = virtual;
    this.releases = releases;
    this.fleet = fleet;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public List<Tile> list() throws IOException {
    return virtual.list().stream().map(DriveTiles::at).toList();
  }

  @Override
  public Tile addVirtual(Path file, long size) throws IOException {
    return DriveTiles.at(virtual.make(file.toAbsolutePath().normalize(), size));
  }

  @Override
  public void forgetVirtual(Path file) throws IOException {
    virtual.remove(file.toAbsolutePath().normalize());
  }

  @Override
  public Plan plan(PlanOrder order) throws IOException {
    if (order.releases().isEmpty()) {
      throw Problem.usage("The plan names no release.", "Choose one; see: fieldlift release list");
    }
    if (order.drives().isEmpty()) {
      throw Problem.usage("The plan names no drive.", "Give at least one drive to write to.");
    }
    List<Device> devices = new ArrayList<>();
    for (String device : new LinkedHashSet<>(order.devices())) devices.add(fleet.device(device));
    List<StoredRelease> chosen = chosen(order, devices);
    List<String> remarks = new ArrayList<>();
    for (StoredRelease release : chosen) {
      Validity validity = new Validity(release.release(), clock.instant());
      validity.require(order);
      validity.remark().ifPresent(remarks::add);
    }
    State state = ledger.open().state();
    remarks.addAll(
        new DeviceRules(state, order)
            .require(devices, chosen.stream().map(StoredRelease::release).toList()));
    List<DriveLook.Drive> drives = PlanTargets.of(order.drives(), order.newSize());
    Planner planner =
        new Planner(
            new SecureRandom(),
            state.drives().keySet(),
            order.largestPiece().orElse(Planner.DEFAULT_PIECE));
    return planner.plan(chosen, devices, drives, order.spread().orElse(null)).remarking(remarks);
  }

  /// What the names mean for these devices; each release once.
  private List<StoredRelease> chosen(PlanOrder order, List<Device> devices) throws IOException {
    List<String> machines = devices.stream().map(Device::platform).toList();
    Map<Digest, StoredRelease> chosen = new LinkedHashMap<>();
    for (String release : order.releases()) {
      for (StoredRelease stored : releases.genuine(release, machines)) {
        chosen.putIfAbsent(stored.signed().id(), stored);
      }
    }
    return List.copyOf(chosen.values());
  }

  @Override
  public Writing write(Plan plan, String reason, Progress progress, Cancellation cancellation)
      throws IOException {
    if (!plan.fits()) {
      throw Problem.usage(
          "The releases do not fit: room for " + ByteSize.text(plan.shortBy()) + " is missing.",
          "Add a drive, or a larger one.");
    }
    for (StoredRelease release : plan.releases()) {
      releases.genuine(release.signed().id().hex(), List.of());
    }
    List<Layout.LaidOut> drives =
        new Layout(station, ledger.key(), clock.instant()).layOut(plan, progress, cancellation);
    PlanTargets.make(plan, virtual);
    return DriveWriting.start(
        plan, drives, new Deliveries(ledger, plan, reason), progress, cancellation);
  }

  @Override
  public Contents show(Path drive) throws IOException {
    FileTree tree = DriveLook.open(drive);
    DriveManifest manifest = DriveCheck.manifest(tree);
    return new Contents(
        manifest.code(),
        manifest.set(),
        manifest.number(),
        manifest.of(),
        manifest.station(),
        manifest.time().toString(),
        manifest.releases().stream()
            .map(held -> held.product() + " " + held.label() + " " + held.platform())
            .toList(),
        manifest.devices(),
        manifest.files().stream()
            .map(file -> new HeldFile(file.path(), file.size(), file.sha256()))
            .toList(),
        DriveSignature.of(tree, manifest, ledger.key()).words());
  }

  @Override
  public Checked verify(Path drive, Progress progress, Cancellation cancellation)
      throws IOException {
    FileTree tree = DriveLook.open(drive);
    DriveManifest manifest = DriveCheck.manifest(tree);
    List<String> faults = new ArrayList<>(DriveCheck.faults(tree, progress, cancellation));
    DriveSignature signature = DriveSignature.of(tree, manifest, ledger.key());
    boolean isOurs = signature instanceof DriveSignature.Ours;
    if (!isOurs && isByThisStation(manifest)) {
      signature
          .fault()
          .map(words -> "The drive.json of drive %s was %s.".formatted(manifest.code(), words))
          .ifPresent(faults::add);
    }
    return new Checked(faults, signature.words(), isOurs);
  }

  /// Stops a drive that was changed from passing for one that never was this station's: whoever
  /// changes it can take its signature away, but not the ledger's word for its code.
  private boolean isByThisStation(DriveManifest manifest) throws IOException {
    return manifest.stationKey().equals(ledger.key().fingerprint())
        || ledger.wroteLast(manifest.code());
  }
}
