package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.fieldlift.forklift.Workspace;
import org.jspecify.annotations.Nullable;

/// Where Forklift works on this machine and what the machine is, by Forklift's own rules.
final class StagePlace {
  private StagePlace() {}

  /// @param told by the person (`--workspace`)
  static Workspace workspace(@Nullable Path told) {
    return Workspace.find(told, System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /// @param told by the person (`--stage-store`)
  static Path stages(@Nullable Path told, @Nullable Path workspace) {
    return workspace(workspace).stages(told, System.getenv());
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
