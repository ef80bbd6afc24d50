package org.fieldlift.field;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.pallet.CacheRestore;
import org.fieldlift.forklift.pallet.LocalPallet;
import org.fieldlift.forklift.pallet.Restored;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;

/// The way back from a bundle to a workspace: its caches go where Forklift looks for them, its
/// pallet becomes the local pallet.
///
/// Whatever can be looked at beforehand is: signature, manifest, local changes, room. What is
/// refused leaves the workspace as it was. Killed at any moment, the same switch run again finishes
/// the job.
public final class PalletSwitch {
  private static final String MAKE_ROOM =
      "Remove what nobody needs there, as old bundles (forklift stage prune-bun), then switch"
          + " again.";

  private final Workspace workspace;
  private final StageStore store;
  private final boolean force;
  private final Room room;

  /// @param store the device's; nobody imports into it meanwhile
  /// @param force true to give up local changes of the pallet that is there
  public PalletSwitch(Workspace workspace, StageStore store, boolean force) {
    this(workspace, store, force, Room.OF_THE_FILE_SYSTEM);
  }

  PalletSwitch(Workspace workspace, StageStore store, boolean force, Room room) {
    this.workspace = workspace;
    this.store = store;
    this.force = force;
    this.room = room;
  }

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
    Optional<Refused> refusal =
        new Gate(device, platform, Clock.systemUTC()).refusal(release, genuine);
    if (refusal.isPresent()) return new SwitchResult.Refused(refusal.get());
    try (Closeable _ = claim()) {
      refusal =
          room.lack(needs(release))
              .map(lack -> new Refused(Refusal.NO_SPACE, verdict, lack, MAKE_ROOM));
      if (refusal.isPresent()) return new SwitchResult.Refused(refusal.get());
      Path unpacked = store.newStagingDirectory();
      try {
        refusal = unpack(source, verdict, unpacked, progress, cancellation);
        if (refusal.isPresent()) return new SwitchResult.Refused(refusal.get());
        return restore(unpacked, progress, cancellation);
      } finally {
        store.discard(unpacked);
      }
    }
  }

  private List<Room.Need> needs(Release release) {
    List<Entry> unpacked =
        release.entries().stream().filter(entry -> !CacheFolders.holdsImage(entry.path())).toList();
    return List.of(
        new Room.Need(Gate.name(release), store.folder(), Room.needed(unpacked)),
        new WayBack(workspace).need(Gate.name(release) + " brought back", unpacked));
  }

  private Optional<Refused> unpack(
      OpenRelease source,
      Verdict verdict,
      Path unpacked,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Release release = source.signed().release();
    StoreWriting writing = new StoreWriting(new Unpacker(unpacked), store.folder());
    Optional<Reading.Damage> damage =
        new Reading(source, release.entries())
            .into(new WithoutImages(writing), writing::finish, progress, cancellation);
    return damage.isPresent()
        ? damage.map(each -> new Refused(each.refusal(), verdict, each.why(), each.next()))
        : new Agreement(release, verdict).refusal(() -> BundleManifest.read(unpacked));
  }

  private SwitchResult restore(Path bundle, Progress progress, Cancellation cancellation)
      throws IOException {
    BundleManifest manifest = BundleManifest.read(bundle);
    CacheRestore caches = new CacheRestore(bundle, workspace, progress, cancellation);
    LocalPallet pallet = new LocalPallet(workspace);
    caches.check();
    pallet.check(bundle, force, cancellation);
    requireRoom(manifest, bundle);
    progress.step("Bringing caches back");
    List<Restored> restored = caches.run();
    progress.step("Switching the local pallet");
    pallet.replaceBy(bundle, force, progress, cancellation);
    return new SwitchResult.Switched(
        manifest.version() + (manifest.clean() ? "" : "-dirty"), workspace.pallet(), restored);
  }

  private void requireRoom(BundleManifest manifest, Path bundle) throws IOException {
    String name = PlainText.of(manifest.path() + " " + manifest.version());
    Optional<String> lack = room.lack(List.of(new WayBack(workspace).need(name, bundle)));
    if (lack.isPresent()) throw Problem.drive(lack.get(), MAKE_ROOM);
  }

  private Closeable claim() throws IOException {
    workspace.make();
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
