package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.export.BundleExport;
import org.fieldlift.export.Gathered;
import org.fieldlift.export.Images;
import org.fieldlift.export.PalletStaging;
import org.fieldlift.export.PalletStaging.Staged;
import org.fieldlift.export.Places;
import org.fieldlift.export.Planned;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.program.ForkliftProgram;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Platform;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.Signing;
import org.jspecify.annotations.Nullable;

/// Exports bundles with the caches of this computer, and fetches what these lack into the
/// station's.
final class StationBundles implements BundleDesk {
  /// A staged bundle, and what of it lies elsewhere.
  ///
  /// @param staging where Forklift had git's things from
  private record Bundle(Path folder, CacheFolders staging, Images images) {}

  private final StationHome home;
  private final StationReleases releases;
  private final Clock clock;

  StationBundles(StationHome home, StationReleases releases, Clock clock) {
    this.home = home;
    this.releases = releases;
    this.clock = clock;
  }

  @Override
  public List<Planned> plan(String bundle, Path stageStore, ExportOrder order) throws IOException {
    Path folder = staged(bundle, stageStore);
    BundleExport export = export(inStore(folder, stageStore, order), order);
    return order.caches().included() ? export.plan(order.caches().offline()) : List.of();
  }

  @Override
  public Exported exportStaged(
      String bundle,
      Path stageStore,
      ExportOrder order,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Path scratch = scratch();
    try {
      Path folder = staged(bundle, stageStore);
      return pack(inStore(folder, stageStore, order), order, scratch, progress, cancellation);
    } finally {
      FolderFiles.delete(scratch);
    }
  }

  @Override
  public Exported exportPallet(ExportOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    Path scratch = scratch();
    try {
      Platform platform = Platform.parse(order.platform());
      Images images = images(List.of(order.workspace().caches().images()), order);
      PalletStaging staging =
          new PalletStaging(
              ForkliftProgram.find(System.getenv()),
              platform,
              home.caches(platform),
              images,
              order.caches().offline());
      Staged staged = staging.stage(order.workspace(), scratch, progress, cancellation);
      Bundle bundle = new Bundle(staged.bundle(), staged.caches(), images);
      return pack(bundle, order, scratch, progress, cancellation);
    } finally {
      FolderFiles.delete(scratch);
    }
  }

  private Exported pack(
      Bundle bundle, ExportOrder order, Path scratch, Progress progress, Cancellation cancellation)
      throws IOException {
    Path key = order.terms().key();
    if (key == null) return pack(bundle, order, null, scratch, progress, cancellation);
    KeyAhead signing = KeyAhead.open(key, order.terms().password(), cancellation);
    return signing.during(packing -> pack(bundle, order, signing, scratch, progress, packing));
  }

  private Exported pack(
      Bundle bundle,
      ExportOrder order,
      @Nullable Signing signing,
      Path scratch,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Release draft = PackDraft.of(packOrder(bundle.folder(), order), clock.instant());
    Path output = named(order.output(), draft);
    Caches caches = order.caches();
    BundleExport export = export(bundle, order);
    Gathered gathered =
        caches.included()
            ? export.whole(caches.offline(), caches.stripSecrets(), scratch, progress, cancellation)
            : export.alone(caches.stripSecrets(), scratch);
    progress.step("Packing");
    long reused =
        ReleasePacker.pack(
                gathered.tree(),
                draft.bringing(gathered.images(), gathered.downloads()),
                signing,
                caches.reuse(),
                output,
                progress,
                cancellation)
            .reused();
    return new Exported(releases.show(output.toString()), gathered.warnings(), reused);
  }

  private BundleExport export(Bundle bundle, ExportOrder order) throws IOException {
    Platform platform = Platform.parse(order.platform());
    Places places =
        new Places(
            CacheFolders.of(bundle.folder()),
            bundle.staging(),
            order.workspace().caches(),
            home.caches(platform));
    return BundleExport.of(bundle.folder(), platform, places, bundle.images());
  }

  private Bundle inStore(Path folder, Path stageStore, ExportOrder order) throws IOException {
    CacheFolders workspace = order.workspace().caches();
    Path own = CacheFolders.of(folder).images();
    List<Path> layouts = List.of(own, workspace.images(), StageStore.open(stageStore).images());
    return new Bundle(folder, workspace, images(layouts, order));
  }

  private Images images(List<Path> layouts, ExportOrder order) throws IOException {
    List<ImageLayout> others = new ArrayList<>();
    for (Path layout : layouts) ImageLayout.find(layout).ifPresent(others::add);
    return new Images(ImageLayout.at(home.images()), others, order.caches().registries());
  }

  private static Path staged(String bundle, Path stageStore) throws IOException {
    return StageStore.existing(stageStore).bundle(bundle);
  }

  /// In a folder that is there, a release gets the name releases have; not in another release.
  private static Path named(Path output, Release draft) {
    boolean isShelf = Files.isDirectory(output) && !Files.exists(output.resolve(FormFiles.RELEASE));
    return isShelf ? output.resolve(draft.flatName()) : output;
  }

  private Path scratch() throws IOException {
    return Files.createDirectory(AtomicFiles.aside(home.folder().resolve("export")));
  }

  private static PackOrder packOrder(Path bundle, ExportOrder order) throws Problem {
    Terms terms = order.terms();
    return new PackOrder(
        bundle,
        order.output(),
        Release.Kind.FORKLIFT_BUNDLE,
        null,
        null,
        terms.sequence(),
        Platform.parse(order.platform()).toString(),
        terms.validUntil(),
        terms.notes(),
        terms.key(),
        terms.password());
  }
}
