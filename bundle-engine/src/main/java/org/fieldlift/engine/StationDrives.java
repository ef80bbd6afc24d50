package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.DriveCheck;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.Layout;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Planner;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.Release;
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
    List<StoredRelease> chosen = new ArrayList<>();
    for (String release : order.releases()) chosen.add(releases.genuine(release));
    List<Device> devices = new ArrayList<>();
    for (String device : order.devices()) devices.add(fleet.device(device));
    State state = ledger.open().state();
    for (Device device : devices) {
      for (StoredRelease release : chosen) requireSuits(state, device, release.release(), order);
    }
    List<DriveLook.Drive> drives = PlanTargets.of(order.drives(), order.newSize());
    Planner planner =
        new Planner(
            new SecureRandom(),
            state.drives().keySet(),
            order.largestPiece().orElse(Planner.DEFAULT_PIECE));
    return planner.plan(chosen, devices, drives, order.spread().orElse(null));
  }

  @Override
  public Writing write(Plan plan, String reason, Progress progress, Cancellation cancellation)
      throws IOException {
    if (!plan.fits()) {
      throw Problem.usage(
          "The releases do not fit: room for " + ByteSize.text(plan.shortBy()) + " is missing.",
          "Add a drive, or a larger one.");
    }
    for (StoredRelease release : plan.releases()) releases.genuine(release.signed().id().hex());
    List<Layout.LaidOut> drives =
        new Layout(station, ledger.key(), clock.instant()).layOut(plan, progress, cancellation);
    PlanTargets.make(plan, virtual);
    return DriveWriting.start(
        plan, drives, new Deliveries(ledger.open(), plan, reason), progress, cancellation);
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
        DriveSignature.words(tree, manifest, ledger.key()));
  }

  @Override
  public List<String> verify(Path drive, Progress progress, Cancellation cancellation)
      throws IOException {
    FileTree tree = DriveLook.open(drive);
    DriveManifest manifest = DriveCheck.manifest(tree);
    List<String> faults = new ArrayList<>(DriveCheck.faults(tree, progress, cancellation));
    if (DriveSignature.words(tree, manifest, ledger.key()).equals(DriveSignature.CHANGED)) {
      faults.add(
          "The drive.json of drive %s was %s.".formatted(manifest.code(), DriveSignature.CHANGED));
    }
    return faults;
  }

  /// A release for another platform never goes to a device; an older one only with a said reason.
  private static void requireSuits(State state, Device device, Release release, PlanOrder order)
      throws Problem {
    if (!device.platform().isEmpty()
        && !release.platform().equals("any")
        && !release.platform().equals(device.platform())) {
      throw Problem.usage(
          "%s is for %s, but %s is %s."
              .formatted(
                  PlainText.of(release.product() + " " + release.label()),
                  PlainText.of(release.platform()),
                  device.id(),
                  PlainText.of(device.platform())),
          "Choose the release for " + PlainText.of(device.platform()) + ".");
    }
    long has =
        state.deliveries().stream()
            .filter(delivery -> delivery.device().equals(device.id()))
            .filter(StationDrives::isOnDevice)
            .map(delivery -> state.releases().get(delivery.release()))
            .filter(known -> known != null && known.product().equals(release.product()))
            .mapToLong(State.KnownRelease::sequence)
            .max()
            .orElse(Long.MIN_VALUE);
    if (release.sequence() < has && (!order.allowOlder() || order.reason().isBlank())) {
      throw Problem.usage(
          device.id()
              + " has a newer release than "
              + PlainText.of(release.product() + " " + release.label())
              + ".",
          "To go back on purpose, say why with: --allow-older \"reason\".");
    }
  }

  private static boolean isOnDevice(State.Delivery delivery) {
    return (delivery.state() == DeliveryState.IMPORTED || delivery.state() == DeliveryState.RUNNING)
        && delivery.sureness() != Sureness.ASSUMED;
  }
}
