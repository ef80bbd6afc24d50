package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.fieldlift.forklift.Workspace;
import org.jspecify.annotations.Nullable;

/// Where Forklift keeps its bundles and what this machine is, by Forklift's own rules
/// (`--stage-store`, `FORKLIFT_STAGE_STORE`, `--workspace`, `FORKLIFT_WORKSPACE`, home).
final class StagePlace {
  private StagePlace() {}

  static Path stages(@Nullable Path stageStore, @Nullable Path workspace) {
    Map<String, String> environment = System.getenv();
    Path home = Path.of(System.getProperty("user.home", "."));
    return Workspace.find(workspace, environment, home).stages(stageStore, environment);
  }

  /// This machine as Docker names it.
  static String platform() {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "linux/amd64";
      case "aarch64", "arm64" -> "linux/arm64";
      case "arm" -> "linux/arm/v7";
      case String other -> "linux/" + other;
    };
  }
}
