package org.fieldlift.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which stage store.
final class StageStoreOption {
  @Option(
      names = {"--stage-store", "--ss"},
      paramLabel = "DIR",
      description = "Default: FORKLIFT_STAGE_STORE, or the workspace's.")
  @Nullable Path told;

  Path stages(WorkspaceOption workspace) {
    return StagePlace.stages(told, workspace.told);
  }
}
