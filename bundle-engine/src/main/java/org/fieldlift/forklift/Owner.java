package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Whose the stage store is. On a device it is the login user's, while an import may run as root:
/// what root leaves there has to become that user's, or Forklift fails the next time he stages.
///
/// @param uid user
/// @param gid group
record Owner(int uid, int gid) {
  private static final int PERMISSIONS = 07777;

  /// Makes a file, link or whole folder of ours the store's. Does nothing unless we are root.
  ///
  /// A folder is given away after what is in it, so that nobody can put a link in the way.
  static void give(Path ours, Path store) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) return;
    Owner owner = of(store);
    if (of(ours).uid() == 0 && owner.uid() != 0) owner.take(ours);
  }

  /// Sets permissions that do not depend on the umask, where there are any.
  static void allow(Path ours, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString(permissions));
    }
  }

  private static Owner of(Path path) throws IOException {
    return new Owner(number(path, "unix:uid"), number(path, "unix:gid"));
  }

  private void take(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (var children = Files.newDirectoryStream(path)) {
        for (Path child : children) take(child);
      }
    }
    int mode = number(path, "unix:mode") & PERMISSIONS;
    Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isSymbolicLink(path)) Files.setAttribute(path, "unix:mode", mode);
  }

  private static int number(Path path, String attribute) throws IOException {
    return ((Number) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS)).intValue();
  }
}
