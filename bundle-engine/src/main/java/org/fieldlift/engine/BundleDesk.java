package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.fieldlift.export.Planned;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.RegistryWays;
import org.jspecify.annotations.Nullable;

/// Where Forklift stages: bundles and the local pallet on their way to releases.
public interface BundleDesk {
  /// @param workspace whose caches are used, and never changed
  /// @param output a single file when it ends in `.tar.gz`, else a directory form; an existing
  ///   folder gets a single file of the release's usual name
  /// @param platform the bundle was staged for
  /// @param caches what comes along with the bundle
  /// @param terms how the release is signed, and what it says of itself
  record ExportOrder(
      Workspace workspace, Path output, String platform, Caches caches, Terms terms) {}

  /// @param included false for the bundle alone
  /// @param offline nothing is fetched
  /// @param stripSecrets credentials and paths of this computer are taken out
  /// @param reuse earlier releases in directory form whose parts are taken over where they are the
  ///   same
  record Caches(
      boolean included,
      boolean offline,
      boolean stripSecrets,
      RegistryWays registries,
      List<Path> reuse) {
    public Caches {
      reuse = List.copyOf(reuse);
    }
  }

  /// @param sequence null for the pallet's commit time
  /// @param key null to leave it unsigned
  record Terms(
      @Nullable Long sequence,
      @Nullable Instant validUntil,
      @Nullable String notes,
      @Nullable Path key,
      char[] password) {}

  /// @param warnings sentences about what is in the release that should perhaps not be
  /// @param reused bytes that came from earlier releases as they were
  record Exported(ReleaseDesk.Detail release, List<String> warnings, long reused) {}

  /// What exporting a staged bundle would bring along. Changes nothing.
  ///
  /// @param bundle number or name in the stage store
  List<Planned> plan(String bundle, Path stageStore, ExportOrder order) throws IOException;

  /// Exports a staged bundle.
  ///
  /// @param bundle number or name in the stage store
  Exported exportStaged(
      String bundle,
      Path stageStore,
      ExportOrder order,
      Progress progress,
      Cancellation cancellation)
      throws IOException;

  /// Exports the workspace's local pallet: Forklift stages it aside, and the stage store does not
  /// change.
  Exported exportPallet(ExportOrder order, Progress progress, Cancellation cancellation)
      throws IOException;
}
