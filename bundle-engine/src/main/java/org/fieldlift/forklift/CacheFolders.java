package org.fieldlift.forklift;

import java.nio.file.Path;

/// Forklift's caches: in a workspace (`.cache/forklift`), and in a bundle that brings them along
/// (`caches`). The same names in both, except that a bundle has each mirror as one git bundle file.
///
/// @param root the folder they lie in
public record CacheFolders(Path root) {
  /// Where a bundle has its caches.
  public static final String IN_A_BUNDLE = "caches";

  private static final String IMAGES = "images";

  /// The caches that a bundle directory brings along; perhaps none.
  public static CacheFolders of(Path bundle) {
    return new CacheFolders(bundle.resolve(IN_A_BUNDLE));
  }

  /// Whether a path within a bundle is one of its caches.
  public static boolean holds(String path) {
    return path.equals(IN_A_BUNDLE) || path.startsWith(IN_A_BUNDLE + "/");
  }

  /// Whether a path within a bundle is of its container images.
  public static boolean holdsImage(String path) {
    return path.equals(IN_A_BUNDLE + "/" + IMAGES)
        || path.startsWith(IN_A_BUNDLE + "/" + IMAGES + "/");
  }

  /// Bare mirrors of git repositories, by their path.
  public Path mirrors() {
    return root.resolve("mirrors");
  }

  /// Required pallets, checked out, as `<path>@<version>`.
  public Path pallets() {
    return root.resolve("pallets");
  }

  /// Required repositories of packages, checked out, as `<path>@<version>`.
  public Path repositories() {
    return root.resolve("repositories");
  }

  /// Files to export, under the names of [DownloadCache].
  public Path downloads() {
    return root.resolve("downloads");
  }

  /// Container images, one OCI image layout for all. Forklift has no such cache; this is ours.
  public Path images() {
    return root.resolve(IMAGES);
  }

  /// The mirror of a repository as one file, as a bundle brings it along.
  ///
  /// @param path the repository's path, such as `github.com/owner/name`
  public Path mirrorFile(String path) {
    return mirrors().resolve(path + ".bundle");
  }
}
