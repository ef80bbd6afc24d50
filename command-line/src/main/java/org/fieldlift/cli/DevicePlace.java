package org.fieldlift.cli;

import java.nio.file.Path;
import org.fieldlift.forklift.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where Forklift works on this device, and what the device is.
final class DevicePlace {
  @Mixin StageStoreOption stageStore;

  @Mixin WorkspaceOption workspace;

  @Option(names = "--platform", description = "What this device is (default: found out).")
  @Nullable String platform;

  Path stages() {
    return stageStore.stages(workspace);
  }

  Workspace workspace() {
    return workspace.workspace();
  }

  String platform() {
    return platform == null ? StagePlace.platform() : platform;
  }
}
