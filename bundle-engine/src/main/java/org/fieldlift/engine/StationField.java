package org.fieldlift.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.field.BundleImport;
import org.fieldlift.field.DeviceImages;
import org.fieldlift.field.DeviceState;
import org.fieldlift.field.Foreseen;
import org.fieldlift.field.ImportResult;
import org.fieldlift.field.PalletSwitch;
import org.fieldlift.field.SharedImages;
import org.fieldlift.field.SwitchResult;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;

/// Import at the device, from whatever form a release comes in.
final class StationField implements FieldDesk {
  private final Path deviceState;
  private final StationTrust trust;
  private final StationDocker docker;

  /// @param deviceState folder of what this machine remembers as a device
  StationField(Path deviceState, StationTrust trust, StationDocker docker) {
    this.deviceState = deviceState;
    this.trust = trust;
    this.docker = docker;
  }

  @Override
  public ImportResult importBundle(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    undoLeft(order.docker());
    try (OpenRelease release = suitable(order.from(), order.platform(), order.release())) {
      return imports(order, StageStore.open(order.stageStore()))
          .run(release, order.setNext(), order.caches(), progress, cancellation);
    }
  }

  @Override
  public Foreseen foresee(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    try (OpenRelease release = suitable(order.from(), order.platform(), order.release())) {
      return imports(order, StageStore.open(order.stageStore()))
          .foresee(release, order.setNext(), order.caches(), progress, cancellation);
    }
  }

  @Override
  public long pruneImages(Path stageStore) throws IOException {
    StageStore store = StageStore.existing(stageStore);
    Optional<Closeable> claim = store.claim();
    if (claim.isEmpty()) {
      throw Problem.failed(
          "An import into " + store.folder() + " is running.", "Wait until it has ended.");
    }
    try (Closeable _ = claim.get()) {
      return new SharedImages(store).prune();
    }
  }

  @Override
  public SwitchResult switchPallet(SwitchOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    PalletSwitch change =
        new PalletSwitch(order.workspace(), StageStore.open(order.stageStore()), order.force());
    Path first = order.from().getFirst();
    if (order.from().size() == 1 && isName(first)) {
      Path bundle = StageStore.existing(order.stageStore()).bundle(first.toString());
      return change.toStaged(bundle, progress, cancellation);
    }
    try (OpenRelease release = suitable(order.from(), order.platform(), order.release())) {
      return change.to(
          release,
          trust.store(),
          DeviceState.open(deviceState),
          order.platform(),
          progress,
          cancellation);
    }
  }

  /// Whether it can only be a bundle of the stage store.
  private static boolean isName(Path first) {
    return !Files.exists(first) && !first.isAbsolute() && first.getNameCount() == 1;
  }

  /// Also when this import leaves Docker alone, or comes to nothing.
  private void undoLeft(DockerOrder said) throws IOException {
    try {
      docker.undoLeft(said.socket());
    } catch (Problem notYet) {
      // Whoever loads images is told; an import that loads none is not kept from its work.
    }
  }

  private BundleImport imports(ImportOrder order, StageStore store) throws IOException {
    DockerOrder said = order.docker();
    return new BundleImport(
        trust.store(),
        store,
        DeviceState.open(deviceState),
        order.platform(),
        new DeviceImages(() -> docker.loading(said.socket()), said.way(), said.evenIfReachable()));
  }

  private OpenRelease suitable(List<Path> from, String platform, Optional<String> wanted)
      throws IOException {
    return new ReleaseForDevice(trust.store(), platform, wanted).among(ReleaseFinder.open(from));
  }
}
