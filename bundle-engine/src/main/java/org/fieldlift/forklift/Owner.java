package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Whose the stage store is. On a device it is the login user's, while an import may run as root:
/// what root leaves there has to become that user's, or Forklift fails the next time he stages.
///
/// @param uid user
/// @param gid group
public record Owner(int uid, int gid) {
  private static final int PERMISSIONS = 07777;
  private static final Path OURSELVES = Path.of("/proc/self");

  /// Makes a file, link or whole folder of ours the store's. Does nothing unless we are root.
  ///
  /// A folder is given away after what is in it, so that nobody can put a link in the way.
  public static void give(Path ours, Path store) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) return;
    Owner owner = of(store.toRealPath());
    if (of(ours).uid() == 0 && owner.uid() != 0) owner.take(ours);
  }

  /// The same for all that is ours in a folder that is not.
  public static void giveWithin(Path folder, Path store) throws IOException {
    give(folder, store);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
    try (var children = Files.newDirectoryStream(folder)) {
      for (Path child : children) giveWithin(child, store);
    }
  }

  /// Makes the folders that are missing on the way from a root down to a folder, and gives them to
  /// the root's owner.
  ///
  /// @throws Problem when something else than a folder is in the way; also a link to a folder, when
  ///   root works for somebody else: whoever put it there could lead root anywhere (CWE-59)
  public static void makeFolders(Path root, Path folder) throws IOException {
    for (Path each : missing(root, folder)) {
      Files.createDirectory(each);
      allow(each, "rwxr-xr-x");
      give(each, root);
    }
  }

  /// What [#makeFolders] would make, outermost first.
  ///
  /// @throws Problem as it does
  public static List<Path> missing(Path root, Path folder) throws IOException {
    boolean forOthers = worksForOthers(root);
    List<Path> missing = new ArrayList<>();
    Path at = root;
    for (Path name : root.relativize(folder)) {
      at = at.resolve(name);
      boolean usable =
          forOthers ? Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS) : Files.isDirectory(at);
      if (usable) continue;
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) throw inTheWay(at);
      missing.add(at);
    }
    return missing;
  }

  /// Makes a folder with those above it that are missing, and gives them to whom the nearest one
  /// that is there belongs.
  static void makeFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) return;
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) there = there.resolveSibling("");
    makeFolders(there, folder.toAbsolutePath());
  }

  /// The same as the first for the folder that something is to lie in.
  ///
  /// @return that folder
  public static Path makeFolderOf(Path root, Path place) throws IOException {
    Path folder = place.resolveSibling("");
    makeFolders(root, folder);
    return folder;
  }

  private static boolean worksForOthers(Path root) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) return false;
    return Files.exists(OURSELVES)
        && number(OURSELVES.toRealPath(), "unix:uid") == 0
        && of(root.toRealPath()).uid() != 0;
  }

  private static Problem inTheWay(Path at) {
    return Problem.failed(
        PlainText.of(at.toString()) + " is in the way: a folder should be there.",
        "Put a real folder there, or run the command as the workspace's user.");
  }

  /// Sets permissions that do not depend on the umask, where there are any.
  public static void allow(Path ours, String permissions) throws IOException {
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
