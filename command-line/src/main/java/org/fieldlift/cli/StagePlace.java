package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where Forklift keeps its bundles and what this machine is, by Forklift's own rules
/// (`--stage-store`, `FORKLIFT_STAGE_STORE`, `--workspace`, `FORKLIFT_WORKSPACE`, home).
final class StagePlace {
  private static final String IN_WORKSPACE = ".local/share/forklift/stages";

  private StagePlace() {}

  static Path stages(@Nullable Path stageStore, @Nullable Path workspace) {
    if (stageStore != null) return stageStore;
    if (workspace != null) return workspace.resolve(IN_WORKSPACE);
    String store = System.getenv("FORKLIFT_STAGE_STORE");
    if (store != null && !store.isBlank()) return Path.of(store);
    String space = System.getenv("FORKLIFT_WORKSPACE");
    Path root =
        Path.of(space == null || space.isBlank() ? System.getProperty("user.home", ".") : space);
    return root.resolve(IN_WORKSPACE);
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
