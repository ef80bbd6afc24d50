package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleaseForms;

/// Tells what a path is: a release's file or folder, or a drive, mounted or not.
final class ReleaseFinder {
  private ReleaseFinder() {}

  /// The releases at these paths: one file or folder, or the drives of a set in any order.
  ///
  /// @throws Problem when there is none
  static List<OpenRelease> open(List<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      throw Problem.usage("There is nothing to read.", "Give a release's file, folder, or drives.");
    }
    List<FileTree> drives = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw Problem.usage(
            "There is nothing at " + PlainText.of(path.toString()) + ".",
            "Give a release's file, folder, or drives.");
      }
      if (isDrive(path)) drives.add(DriveLook.open(path));
    }
    if (drives.isEmpty() && paths.size() == 1) {
      return List.of(ReleaseForms.open(paths.getFirst()));
    }
    if (drives.size() != paths.size()) {
      throw Problem.usage(
          "Some of these are drives that Fieldlift wrote and some are not.",
          "Give either one release, or the drives of one set.");
    }
    return ReleaseForms.onDrives(drives);
  }

  /// Whether these words name a path. A folder that is neither a release nor a drive may only be
  /// called like a product, as a checkout of it is.
  static boolean isThere(Path path) throws IOException {
    return Files.isDirectory(path)
        ? ReleaseForms.isDirectory(new DirectoryTree(path)) || isDrive(path)
        : Files.exists(path);
  }

  /// The one release at this path.
  static OpenRelease openOne(Path path) throws IOException {
    return openOne(List.of(path));
  }

  /// The one release at these paths.
  ///
  /// @throws Problem of kind USAGE when there are several, which only a device chooses from
  static OpenRelease openOne(List<Path> paths) throws IOException {
    List<OpenRelease> found = open(paths);
    if (found.size() == 1) return found.getFirst();
    List<String> names = new ArrayList<>();
    for (OpenRelease release : found) {
      Release held = release.signed().release();
      names.add(held.product() + " " + held.label() + " for " + held.platform());
      release.close();
    }
    String where = String.join(", ", paths.stream().map(Path::toString).toList());
    throw Problem.usage(
        PlainText.of(where) + " holds several releases: " + String.join(", ", names) + ".",
        "Bring the one you want from where it came: fieldlift release fetch NAME; a device takes it"
            + " from here with: fieldlift stage import-bundle --release NAME");
  }

  private static boolean isDrive(Path path) throws IOException {
    if (Files.isDirectory(path)) return ReleaseForms.isDrive(new DirectoryTree(path));
    return !Files.isRegularFile(path) || DriveLook.isDriveFile(path);
  }
}
