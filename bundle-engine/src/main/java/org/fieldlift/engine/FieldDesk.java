package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.field.CachesKept;
import org.fieldlift.field.Foreseen;
import org.fieldlift.field.ImportResult;
import org.fieldlift.field.SwitchResult;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.docker.loading.Way;

/// What is done at the device.
public interface FieldDesk {
  /// @param from a single file, a directory form, or the drives of a set in any order
  /// @param release which to take of several, by id or name; nothing for the one that suits
  /// @param stageStore Forklift's `stages` directory
  /// @param platform what the device is
  /// @param caches what becomes of the caches the release brings
  record ImportOrder(
      List<Path> from,
      Optional<String> release,
      Path stageStore,
      String platform,
      boolean setNext,
      CachesKept caches,
      DockerOrder docker) {}

  /// How container images get into the device's Docker.
  ///
  /// @param socket Docker's; nothing for the usual one
  /// @param evenIfReachable true when registries that can be reached may be stood in for
  record DockerOrder(Optional<Path> socket, Way way, boolean evenIfReachable) {
    /// Docker is not asked for anything.
    public static final DockerOrder NONE = new DockerOrder(Optional.empty(), Way.NONE, false);
  }

  /// @param from a release in any form, or one bundle of the stage store by number or name
  /// @param release which to take of several, by id or name; nothing for the one that suits
  /// @param workspace gets the caches and the local pallet
  /// @param force true to give up local changes of the pallet that is there
  record SwitchOrder(
      List<Path> from,
      Optional<String> release,
      Workspace workspace,
      Path stageStore,
      String platform,
      boolean force) {}

  ImportResult importBundle(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException;

  /// Checks a release as an import would, and says what it would change. Changes nothing.
  Foreseen foresee(ImportOrder order, Progress progress, Cancellation cancellation)
      throws IOException;

  /// Removes image layers from the cache beside a stage store that no bundle of it has any more.
  ///
  /// @return bytes freed
  /// @throws Problem when there is no such store, an import into it is running, or it cannot be
  ///   known what its bundles have
  long pruneImages(Path stageStore) throws IOException;

  /// Makes a release's pallet the workspace's local pallet, and brings its caches back to
  /// Forklift's, so that it can be changed and staged without a network.
  SwitchResult switchPallet(SwitchOrder order, Progress progress, Cancellation cancellation)
      throws IOException;
}
