package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.export.BundleExport;
import org.fieldlift.export.Gathered;
import org.fieldlift.export.Images;
import org.fieldlift.export.Item;
import org.fieldlift.export.Places;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.ForkliftProgram;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Platform;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.Signing;
import org.jspecify.annotations.Nullable;

/// Exports bundles with the caches of this computer, and fetches what these lack into the
/// station's.
final class StationBundles implements BundleDesk {
  private final StationHome home;
  private final StationReleases releases;
  private final Clock clock;

  StationBundles(StationHome home, StationReleases releases, Clock clock) {
    this.home = home;
    this.releases = releases;
    this.clock = clock;
  }

  @Override
  public List<Item> items(String bundle, Path stageStore, ExportOrder order) throws IOException {
    Path folder = staged(bundle, stageStore);
    return export(folder, Optional.of(stageStore), order).items();
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
      return pack(folder, Optional.of(stageStore), order, scratch, progress, cancellation);
    } finally {
      FolderFiles.delete(scratch);
    }
  }

  @Override
  public Exported exportPallet(ExportOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    Path scratch = scratch();
    try {
      progress.step("Staging the local pallet");
      Path store = Files.createDirectory(scratch.resolve("stages"));
      Path folder =
          ForkliftProgram.find(System.getenv())
              .stage(
                  order.workspace(), store, Optional.of(order.platform()), progress, cancellation);
      return pack(folder, Optional.empty(), order, scratch, progress, cancellation);
    } finally {
      FolderFiles.delete(scratch);
    }
  }

  private Exported pack(
      Path bundle,
      Optional<Path> stageStore,
      ExportOrder order,
      Path scratch,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Path key = order.terms().key();
    if (key == null) return pack(bundle, stageStore, order, null, scratch, progress, cancellation);
    KeyAhead signing = KeyAhead.open(key, order.terms().password(), cancellation);
    return signing.during(
        packing -> pack(bundle, stageStore, order, signing, scratch, progress, packing));
  }

  private Exported pack(
      Path bundle,
      Optional<Path> stageStore,
      ExportOrder order,
      @Nullable Signing signing,
      Path scratch,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Release draft = PackDraft.of(packOrder(bundle, order), clock.instant());
    Path output = named(order.output(), draft);
    Caches caches = order.caches();
    BundleExport export = export(bundle, stageStore, order);
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

  private BundleExport export(Path bundle, Optional<Path> stageStore, ExportOrder order)
      throws IOException {
    Platform platform = Platform.parse(order.platform());
    CacheFolders own = CacheFolders.of(bundle);
    CacheFolders workspace = order.workspace().caches();
    Places places = new Places(own, workspace, home.caches(platform));
    List<Path> folders = new ArrayList<>(List.of(own.images(), workspace.images()));
    if (stageStore.isPresent()) folders.add(StageStore.lookAt(stageStore.get()).images());
    List<ImageLayout> others = new ArrayList<>();
    for (Path folder : folders) ImageLayout.find(folder).ifPresent(others::add);
    Images images = new Images(ImageLayout.at(home.images()), others, order.caches().registries());
    return BundleExport.of(bundle, platform, places, images);
  }

  private static Path staged(String bundle, Path stageStore) throws IOException {
    return StageStore.existing(stageStore).bundle(bundle);
  }

  /// In a folder that is there, a release gets the name releases have.
  private static Path named(Path output, Release draft) {
    return Files.isDirectory(output) ? output.resolve(draft.flatName()) : output;
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
