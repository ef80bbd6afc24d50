package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;

/// One genuine release on its way into a stage store that nobody else imports into meanwhile.
final class Intake {
  private final StageStore store;
  private final DeviceState device;
  private final Gate gate;
  private final Room room;
  private final DeviceImages images;
  private final OpenRelease source;
  private final Verdict.Genuine verdict;
  private final Digest id;
  private final Release release;
  private final Agreement agreement;

  /// @param verdict what was judged of the source's signed bytes
  Intake(
      StageStore store,
      DeviceState device,
      Gate gate,
      Room room,
      DeviceImages images,
      OpenRelease source,
      Verdict.Genuine verdict)
      throws IOException {
    this.store = store;
    this.device = device;
    this.gate = gate;
    this.room = room;
    this.images = images;
    this.source = source;
    this.verdict = verdict;
    this.id = source.signed().id();
    this.release = source.signed().release();
    this.agreement = new Agreement(release, verdict);
  }

  ImportResult run(boolean setNext, CachesKept caches, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<Refused> refusal = refusal();
    if (refusal.isPresent()) return refusal.get();
    Optional<StagedBundle> copy = copy(cancellation);
    if (copy.isPresent()) {
      return comeAgain(copy.get(), setNext, progress, cancellation);
    }
    Optional<String> lack;
    try {
      lack = room.lack(needs(cancellation));
    } catch (Problem problem) {
      return imagesRefused(problem);
    }
    if (lack.isPresent()) {
      return refused(
          Refusal.NO_SPACE,
          lack.get(),
          "Remove bundles nobody needs (forklift stage prune-bun) and their images"
              + " (fieldlift image prune --docker), then import again.");
    }
    return bringIn(setNext, caches, progress, cancellation);
  }

  /// What [#run] would do. Every byte is read; nothing is changed.
  Foreseen foresee(Progress progress, Cancellation cancellation) throws IOException {
    Optional<Refused> refusal = refusal();
    Preview preview = new Preview();
    if (refusal.isEmpty()) {
      refusal =
          new Reading(source, release.entries())
              .into(preview, () -> {}, progress, cancellation)
              .map(damage -> refused(Refusal.DAMAGED, damage.why(), damage.next()));
    }
    if (refusal.isEmpty()) refusal = agreement.refusal(preview::manifest);
    if (refusal.isPresent()) return new Foreseen.Refused(refusal.get());
    Optional<String> lack;
    try {
      lack = room.lack(needs(cancellation));
    } catch (Problem problem) {
      return new Foreseen.Refused(imagesRefused(problem));
    }
    return new ImportPlan(
        id,
        release.label(),
        verdict,
        copy(cancellation).map(StagedBundle::index),
        Room.needed(release.entries()),
        lack,
        Preview.apps(preview.manifest(), store),
        release.images());
  }

  /// What would be written and where: to the stage store, and to Docker.
  ///
  /// @throws Problem when the release brings images and Docker does not answer
  private List<Room.Need> needs(Cancellation cancellation) throws IOException {
    List<Room.Need> needs = new ArrayList<>();
    needs.add(new Room.Need(Gate.name(release), store.folder(), Room.needed(release.entries())));
    images.need(release, cancellation).ifPresent(needs::add);
    return needs;
  }

  private Optional<Refused> refusal() throws IOException {
    Optional<Refused> refusal = gate.refusal(release, verdict);
    return refusal.isPresent() ? refusal : forkliftIsBusy();
  }

  private Optional<StagedBundle> copy(Cancellation cancellation) throws IOException {
    return new StagedCopy(release.entries(), cancellation).in(store);
  }

  private ImportResult bringIn(
      boolean setNext, CachesKept caches, Progress progress, Cancellation cancellation)
      throws IOException {
    Path staging = store.newStagingDirectory();
    DeviceImages.Report report;
    int index;
    try {
      Optional<Refused> damage = unpack(new Unpacker(staging), progress, cancellation);
      if (damage.isEmpty()) damage = agreement.refusal(() -> BundleManifest.read(staging));
      if (damage.isPresent()) return damage.get();
      try {
        report = load(staging, progress, cancellation);
      } catch (Problem problem) {
        return imagesRefused(problem);
      }
      Path shared = StageStore.images(store.folder());
      caches.settle(staging, shared, cancellation);
      if (Files.isDirectory(shared)) store.adopt(shared);
      cancellation.check();
      index = store.publish(staging);
    } finally {
      store.discard(staging);
    }
    settle(index, setNext);
    return new Imported(
        id,
        release.label(),
        verdict,
        index,
        store.bundle(Integer.toString(index)),
        store.next().equals(Optional.of(index)),
        report);
  }

  /// The bundle is there, but its images may be gone from Docker, and its caches with them.
  private ImportResult comeAgain(
      StagedBundle copy, boolean setNext, Progress progress, Cancellation cancellation)
      throws IOException {
    DeviceImages.Report report;
    boolean hasImages = Files.isDirectory(CacheFolders.of(copy.folder()).images());
    Path staging = store.newStagingDirectory();
    try {
      if (!hasImages && !release.images().isEmpty() && images.areWanted()) {
        Optional<Refused> damage = unpack(new Unpacker(staging), progress, cancellation);
        if (damage.isPresent()) return damage.get();
        report = load(staging, progress, cancellation);
      } else {
        report = load(copy.folder(), progress, cancellation);
      }
    } catch (Problem problem) {
      return imagesRefused(problem);
    } finally {
      store.discard(staging);
    }
    settle(copy.index(), setNext);
    return new AlreadyThere(id, release.label(), copy.index(), report);
  }

  /// Before the bundle gets its number, so that every bundle of the store can be applied.
  private DeviceImages.Report load(Path bundle, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<ImagePlan> plan = images.plan(bundle, !release.images().isEmpty(), cancellation);
    if (plan.isEmpty()) return DeviceImages.Report.NONE;
    Optional<String> lack = room.lack(List.of(DeviceImages.need(plan.get())));
    if (lack.isPresent()) {
      throw Problem.failed(
          lack.get(),
          "Remove images nobody needs (fieldlift image prune --docker), then import again.");
    }
    return images.load(plan.get(), progress, cancellation);
  }

  private Refused imagesRefused(Problem problem) {
    return refused(Refusal.IMAGES, problem.what(), problem.next());
  }

  private Optional<Refused> unpack(Unpacker unpacker, Progress progress, Cancellation cancellation)
      throws IOException {
    StoreWriting writing = new StoreWriting(unpacker, store.folder());
    return new Reading(source, release.entries())
        .into(writing, writing::finish, progress, cancellation)
        .map(damage -> refused(Refusal.DAMAGED, damage.why(), damage.next()));
  }

  private Optional<Refused> forkliftIsBusy() throws IOException {
    try {
      store.requireNoSwapFile();
      return Optional.empty();
    } catch (Problem problem) {
      return Optional.of(refused(Refusal.STORE_BUSY, problem.what(), problem.next()));
    }
  }

  /// The bundle is in the store. The device's memory is last: until it is written, the same import
  /// finds the bundle and comes here again.
  private void settle(int index, boolean setNext) throws IOException {
    if (setNext && !store.next().equals(Optional.of(index))) {
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
    device.accept(release, verdict.signedAt());
  }

  private Refused refused(Refusal refusal, String why, String next) {
    return new Refused(refusal, verdict, why, next);
  }
}
