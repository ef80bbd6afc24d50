package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.io.Cancellation;

/// Where running apps may put something into their bundle: into what is mounted from it. Docker
/// makes the folders that lead there, too. Everywhere else only Forklift and the release put
/// anything.
///
/// @param mounts paths in the bundle; some lie outside of every bundle
record AppPlaces(List<String> mounts) {

  /// @throws org.fieldlift.io.Problem when the bundle's manifest cannot be used
  static AppPlaces of(Path bundle) throws IOException {
    return new AppPlaces(
        BundleManifest.mounts(bundle).stream()
            .map(mount -> mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount)
            .toList());
  }

  /// True when there is nothing in the bundle but these paths and what apps may have put there.
  boolean holdsOnly(Set<String> paths, Path bundle, Cancellation cancellation) throws IOException {
    boolean[] isAll = {true};
    Files.walkFileTree(
        bundle,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            cancellation.check();
            return folder.equals(bundle) ? FileVisitResult.CONTINUE : look(folder, true);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            cancellation.check();
            return look(file, false);
          }

          /// Apps run as others, whose folders may be closed to us.
          @Override
          public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
            if (mayAdd(name(path), true)) return FileVisitResult.CONTINUE;
            throw fault;
          }

          private FileVisitResult look(Path path, boolean isFolder) {
            if (paths.contains(name(path)) || mayAdd(name(path), isFolder)) {
              return FileVisitResult.CONTINUE;
            }
            isAll[0] = false;
            return FileVisitResult.TERMINATE;
          }

          private String name(Path path) {
            return bundle.relativize(path).toString().replace('\\', '/');
          }
        });
    return isAll[0];
  }

  private boolean mayAdd(String path, boolean isFolder) {
    for (String mount : mounts) {
      boolean isInside = path.equals(mount) || path.startsWith(mount + "/");
      boolean leadsThere = isFolder && mount.startsWith(path + "/");
      if (isInside || leadsThere) return true;
    }
    return false;
  }
}
