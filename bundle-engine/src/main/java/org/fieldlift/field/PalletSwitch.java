package org.fieldlift.field;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.CacheRestore;
import org.fieldlift.forklift.LocalPallet;
import org.fieldlift.forklift.Restored;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;

/// The way back from a bundle to a workspace: its caches go where Forklift looks for them, its
/// pallet becomes the local pallet.
///
/// Killed at any moment, the same switch run again finishes the job.
///
/// @param store the device's; nobody imports into it meanwhile
public record PalletSwitch(Workspace workspace, StageStore store, boolean force) {

  /// Switches to a bundle of the stage store, which was checked when it came there.
  public SwitchResult toStaged(Path bundle, Progress progress, Cancellation cancellation)
      throws IOException {
    try (Closeable _ = claim()) {
      return restore(bundle, progress, cancellation);
    }
  }

  /// Switches to a release that was judged here and is meant for this device.
  public SwitchResult to(
      OpenRelease source,
      TrustStore trust,
      DeviceState device,
      String platform,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Verdict verdict = source.signed().judge(trust);
    if (!(verdict instanceof Verdict.Genuine genuine)) {
      return new SwitchResult.Refused(BundleImport.notGenuine(verdict));
    }
    Release release = source.signed().release();
    Optional<ImportResult.Refused> refusal =
        new Gate(device, platform, Clock.systemUTC()).refusal(release, genuine);
    if (refusal.isPresent()) return new SwitchResult.Refused(refusal.get());
    try (Closeable _ = claim()) {
      Path unpacked = store.newStagingDirectory();
      try {
        StoreWriting writing = new StoreWriting(new Unpacker(unpacked), store.folder());
        Optional<Reading.Damage> damage =
            new Reading(source, release.entries())
                .into(new WithoutImages(writing), writing::finish, progress, cancellation);
        if (damage.isPresent()) {
          return new SwitchResult.Refused(
              new ImportResult.Refused(
                  Refusal.DAMAGED, verdict, damage.get().why(), damage.get().next()));
        }
        Optional<ImportResult.Refused> other =
            new Agreement(release, verdict).refusal(() -> BundleManifest.read(unpacked));
        if (other.isPresent()) return new SwitchResult.Refused(other.get());
        return restore(unpacked, progress, cancellation);
      } finally {
        store.discard(unpacked);
      }
    }
  }

  private SwitchResult restore(Path bundle, Progress progress, Cancellation cancellation)
      throws IOException {
    BundleManifest manifest = BundleManifest.read(bundle);
    progress.step("Bringing caches back");
    List<Restored> restored = new CacheRestore(bundle, workspace, progress, cancellation).run();
    progress.step("Switching the local pallet");
    new LocalPallet(workspace).replaceBy(bundle, force, progress, cancellation);
    return new SwitchResult.Switched(
        manifest.version() + (manifest.clean() ? "" : "-dirty"), workspace.pallet(), restored);
  }

  private Closeable claim() throws IOException {
    Files.createDirectories(workspace.root());
    return store
        .claim()
        .orElseThrow(() ->
            Problem.drive(
                "An import into " + store.folder() + " is running.",
                "Wait until it has ended, then switch again."));
  }

  /// Container images are read and checked like everything, but a workspace has no use for them.
  private record WithoutImages(EntrySink sink) implements EntrySink {
    @Override
    public void directory(Entry entry) throws IOException {
      if (!CacheFolders.holdsImage(entry.path())) sink.directory(entry);
    }

    @Override
    public void symlink(Entry entry) throws IOException {
      if (!CacheFolders.holdsImage(entry.path())) sink.symlink(entry);
    }

    @Override
    public OutputStream file(Entry entry) throws IOException {
      return CacheFolders.holdsImage(entry.path())
          ? OutputStream.nullOutputStream()
          : sink.file(entry);
    }
  }
}
