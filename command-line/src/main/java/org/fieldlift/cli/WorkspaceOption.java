package org.fieldlift.cli;

import java.nio.file.Path;
import org.fieldlift.forklift.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which of Forklift's workspaces.
final class WorkspaceOption {
  @Option(
      names = {"--workspace", "--ws"},
      paramLabel = "DIR",
      description = "Forklift's workspace. Default: FORKLIFT_WORKSPACE, or your home.")
  @Nullable Path told;

  Workspace workspace() {
    return StagePlace.workspace(told);
  }
}
