package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.release.Release;

/// A release on its way into a stage store that nobody else imports into meanwhile.
final class Intake {
  private final Arrival arrival;
  private final DeviceState device;
  private final StageStore store;
  private final SharedImages shared;
  private final Release release;

  Intake(Arrival arrival, DeviceState device) {
    this.arrival = arrival;
    this.device = device;
    this.store = arrival.store();
    this.shared = new SharedImages(store);
    this.release = arrival.release();
  }

  ImportResult run(boolean setNext, CachesKept caches, Progress progress, Cancellation cancellation)
      throws IOException {
    try {
      arrival.requireWelcome();
      Arrival.Found found = arrival.look(caches, progress, cancellation);
      tidy();
      Optional<String> lack = arrival.lack(found);
      if (lack.isPresent()) {
        return arrival.refused(Refusal.NO_SPACE, lack.get(), Arrival.MAKE_ROOM);
      }
      return found.copy().isPresent()
          ? comeAgain(found.copy().get(), found.isRead(), setNext, caches, progress, cancellation)
          : bringIn(setNext, caches, progress, cancellation);
    } catch (Arrival.NotComing refusal) {
      return refusal.refused();
    }
  }

  /// Image layers of bundles that were deleted must not take the room. A bundle nobody can read
  /// leaves them where they are; it is no reason to refuse another.
  private void tidy() throws IOException {
    try {
      shared.prune();
    } catch (Problem unknown) {
      return;
    }
  }

  private ImportResult bringIn(
      boolean setNext, CachesKept caches, Progress progress, Cancellation cancellation)
      throws IOException {
    Path staging = store.newStagingDirectory();
    DeviceImages.Report report;
    int index;
    try {
      unpack(staging, progress, cancellation);
      report = load(staging, !release.images().isEmpty(), setNext, progress, cancellation);
      report = settled(staging, caches, report, cancellation);
      cancellation.check();
      index = store.publish(staging);
    } finally {
      store.discard(staging);
    }
    settle(index, setNext);
    return new Imported(
        arrival.id(),
        release.label(),
        arrival.verdict(),
        index,
        store.bundle(Integer.toString(index)),
        store.willApply(index),
        report);
  }

  /// The bundle is there, but its images may be gone from Docker, and its caches with them.
  private ImportResult comeAgain(
      StagedBundle copy,
      boolean isRead,
      boolean setNext,
      CachesKept caches,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    DeviceImages.Report report;
    if (isRead) {
      Path staging = store.newStagingDirectory();
      try {
        unpack(staging, progress, cancellation);
        report = load(staging, !release.images().isEmpty(), setNext, progress, cancellation);
        report = settled(staging, caches, report, cancellation);
        store.bringCaches(staging, copy);
      } finally {
        store.discard(staging);
      }
    } else {
      report = load(copy.folder(), false, setNext, progress, cancellation);
      report = settled(copy.folder(), caches, report, cancellation);
    }
    if (caches == CachesKept.DROP) tidy();
    settle(copy.index(), setNext);
    return new AlreadyThere(
        arrival.id(), release.label(), copy.index(), store.willApply(copy.index()), report);
  }

  private void unpack(Path staging, Progress progress, Cancellation cancellation)
      throws IOException {
    StoreWriting writing = new StoreWriting(new Unpacker(staging), store.folder());
    arrival.read(writing, writing::finish, progress, cancellation);
    arrival.agreeing(() -> BundleManifest.read(staging));
  }

  /// Before the bundle gets its number, so that every bundle of the store can be applied.
  ///
  /// @param bringsImages false for a bundle whose caches may have been dropped
  private DeviceImages.Report load(
      Path bundle,
      boolean bringsImages,
      boolean setNext,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    return arrival.asked(() -> {
      DeviceImages images = arrival.images();
      Optional<ImagePlan> plan = images.plan(bundle, bringsImages, cancellation);
      if (plan.isEmpty()) {
        return images.found(BundleManifest.read(bundle).images(), setNext, cancellation);
      }
      Optional<String> lack = arrival.room().lack(List.of(DeviceImages.need(plan.get())));
      if (lack.isPresent()) throw Problem.failed(lack.get(), Arrival.MAKE_ROOM);
      return images.load(plan.get(), progress, cancellation);
    });
  }

  /// That its image layers cannot be shared is no reason to refuse a bundle: often the cache beside
  /// the store is only root's to make.
  private DeviceImages.Report settled(
      Path bundle, CachesKept caches, DeviceImages.Report report, Cancellation cancellation)
      throws IOException {
    try {
      caches.settle(bundle, shared, cancellation);
      return report;
    } catch (Problem problem) {
      if (caches != CachesKept.LINK) throw problem;
      return report.and("Its image layers are not shared with other bundles: " + problem.what());
    }
  }

  /// The bundle is in the store. The device's memory is last: until it is written, the same import
  /// finds the bundle and comes here again.
  private void settle(int index, boolean setNext) throws IOException {
    if (setNext && !store.willApply(index)) {
      try {
        store.setNext(index);
      } catch (Problem problem) {
        throw new Problem(
            problem.kind(),
            "%s is in the stage store as bundle %d, but could not be made the next: %s"
                .formatted(Gate.name(release), index, problem.what()),
            problem.next(),
            problem);
      }
    }
    device.accept(release, arrival.verdict().signedAt());
  }
}
