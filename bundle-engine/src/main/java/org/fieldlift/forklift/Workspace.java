package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A user's Forklift workspace. Everything in it lies at a fixed place below its root; `XDG_*`
/// variables do not move it.
///
/// @param root usually the user's home directory
public record Workspace(Path root) {
  private static final String STORE_VARIABLE = "FORKLIFT_STAGE_STORE";
  private static final String VARIABLE = "FORKLIFT_WORKSPACE";

  /// The workspace that Forklift would use: the one it was told, the one of `FORKLIFT_WORKSPACE`,
  /// home.
  ///
  /// @param told what the person said (`--workspace`)
  /// @param environment the program's environment variables
  public static Workspace find(@Nullable Path told, Map<String, String> environment, Path home) {
    if (told != null) return new Workspace(told);
    String named = environment.getOrDefault(VARIABLE, "");
    return new Workspace(named.isBlank() ? home : Path.of(named));
  }

  /// The stage store that Forklift would use with this workspace: the one it was told, the one of
  /// `FORKLIFT_STAGE_STORE`, the workspace's own. As in Forklift, the variable counts more than the
  /// workspace, even one that was told.
  ///
  /// @param told what the person said (`--stage-store`)
  public Path stages(@Nullable Path told, Map<String, String> environment) {
    if (told != null) return told;
    String named = environment.getOrDefault(STORE_VARIABLE, "");
    return named.isBlank() ? stages() : Path.of(named);
  }

  /// Makes its root where it is missing, for whom the folder it is in belongs to.
  public void make() throws IOException {
    Owner.makeFolders(root);
  }

  /// The workspace's own stage store.
  public Path stages() {
    return root.resolve(".local/share/forklift/stages");
  }

  /// The local pallet: the git clone that Forklift stages from and that people change.
  public Path pallet() {
    return root.resolve(".local/share/forklift/pallet");
  }

  /// The caches that Forklift fills, and ours beside them.
  public CacheFolders caches() {
    return new CacheFolders(root.resolve(".cache/forklift"));
  }

  /// Which pallet and which branch or tag of it `forklift plt upgrade` goes by.
  public Path upgradeQuery() {
    return root.resolve(".config/forklift/pallet-upgrades.yml");
  }
}
