package org.fieldlift.field;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.archive.ArchiveCheck;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;

/// One genuine release on its way into a stage store that nobody else imports into meanwhile.
final class Intake {
  private final StageStore store;
  private final DeviceState device;
  private final Gate gate;
  private final Room room;
  private final OpenRelease source;
  private final Verdict.Genuine verdict;
  private final Digest id;
  private final Release release;

  /// @param verdict what was judged of the source's signed bytes
  Intake(
      StageStore store,
      DeviceState device,
      Gate gate,
      Room room,
      OpenRelease source,
      Verdict.Genuine verdict)
      throws IOException {
    this.store = store;
    this.device = device;
    this.gate = gate;
    this.room = room;
    this.source = source;
    this.verdict = verdict;
    this.id = source.signed().id();
    this.release = source.signed().release();
  }

  ImportResult run(boolean setNext, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<Refused> refusal = gate.refusal(release, verdict);
    if (refusal.isEmpty()) refusal = forkliftIsBusy();
    if (refusal.isPresent()) return refusal.get();
    Optional<StagedBundle> copy = new StagedCopy(release.entries(), cancellation).in(store);
    if (copy.isPresent()) {
      settle(copy.get().index(), setNext);
      return new AlreadyThere(id, release.label(), copy.get().index());
    }
    Optional<String> lack = room.lack(store.folder(), Gate.name(release), release.entries());
    if (lack.isPresent()) {
      return refused(
          Refusal.NO_SPACE,
          lack.get(),
          "Remove bundles nobody needs (forklift stage prune-bun), then import again.");
    }
    return bringIn(setNext, progress, cancellation);
  }

  private ImportResult bringIn(boolean setNext, Progress progress, Cancellation cancellation)
      throws IOException {
    Path staging = store.newStagingDirectory();
    int index;
    try {
      Optional<Refused> damage = unpack(staging, progress, cancellation);
      if (damage.isEmpty()) damage = disagreement(staging);
      if (damage.isPresent()) return damage.get();
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
        store.next().equals(Optional.of(index)));
  }

  /// Everything between the drive and the staging directory. Whatever goes wrong there, the release
  /// is not believed; only a fault of the store itself is one of the device.
  private Optional<Refused> unpack(Path staging, Progress progress, Cancellation cancellation)
      throws IOException {
    StoreWriting writing = new StoreWriting(new Unpacker(staging), store.folder());
    try {
      progress.expect(source.archiveSize());
      ArchiveCheck check = new ArchiveCheck(release.entries(), writing, progress, cancellation);
      source.walk(raw -> check.part(raw, OutputStream.nullOutputStream()));
      check.finish();
      writing.finish();
      return Optional.empty();
    } catch (StoreWriting.Fault fault) {
      throw fault.problem();
    } catch (Cancellation.Cancelled cancelled) {
      throw cancelled;
    } catch (Problem problem) {
      return Optional.of(refused(Refusal.DAMAGED, problem.what(), problem.next()));
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          refused(
              Refusal.DAMAGED,
              "%s cannot be read: %s."
                  .formatted(source.where(), PlainText.of(String.valueOf(e.getMessage()))),
              "Plug it in again; if that does not help, have it written again."));
    }
  }

  /// Stops a bundle that is signed as one version and would be applied as another.
  private Optional<Refused> disagreement(Path staging) throws IOException {
    BundleManifest manifest;
    try {
      manifest = BundleManifest.read(staging);
    } catch (Problem problem) {
      return Optional.of(
          refused(Refusal.DAMAGED, problem.what(), "Tell its maker; do not use this release."));
    }
    if (manifest.path().equals(release.product())
        && manifest.version().equals(release.version())
        && manifest.clean() == release.clean()) {
      return Optional.empty();
    }
    String found = manifest.path() + " " + manifest.version() + (manifest.clean() ? "" : "-dirty");
    return Optional.of(
        refused(
            Refusal.DAMAGED,
            "The release is signed as %s, but the bundle in it is %s."
                .formatted(Gate.name(release), PlainText.of(found)),
            "Tell its maker; do not use this release."));
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
