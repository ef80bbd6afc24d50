package org.fieldlift.cli;

import java.nio.file.Path;
import org.fieldlift.forklift.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where Forklift works on this device, and what the device is.
final class DevicePlace {
  @Option(
      names = {"--stage-store", "--ss"},
      paramLabel = "DIR",
      description = "Default: FORKLIFT_STAGE_STORE, or the workspace's.")
  @Nullable Path stageStore;

  @Option(
      names = {"--workspace", "--ws"},
      paramLabel = "DIR",
      description = "Forklift's workspace. Default: FORKLIFT_WORKSPACE, or your home.")
  @Nullable Path workspace;

  @Option(names = "--platform", description = "What this device is (default: found out).")
  @Nullable String platform;

  Path stages() {
    return StagePlace.stages(stageStore, workspace);
  }

  Workspace workspace() {
    return StagePlace.workspace(workspace);
  }

  String platform() {
    return platform == null ? StagePlace.platform() : platform;
  }
}
