package org.fieldlift.forklift.program;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fieldlift.io.Cancellation;

/// Copies that last for one run: nothing is synced, and they belong to whoever runs it. What nobody
/// ever writes to again gets a second name instead, where the file system allows.
record ScratchCopy(Cancellation cancellation) {
  private static final int PERMISSIONS = 0777;

  /// Copies a folder with permissions, times and links as they are; what is neither file nor folder
  /// nor link stays behind. Of git repositories in it, the objects are not copied: git never
  /// changes one.
  void tree(Path from, Path to) throws IOException {
    tree(from, to, false);
  }

  /// Gives every file of a folder a second name, but for those that are there already.
  ///
  /// @param unfinished how names of files end that are left out
  /// @return the files that got one, relative to the folder
  List<Path> files(Path from, Path to, String unfinished) throws IOException {
    List<Path> shared = new ArrayList<>();
    if (!Files.isDirectory(from)) return shared;
    try (var all = Files.walk(from.toRealPath())) {
      for (Path file : (Iterable<Path>) all::iterator) {
        cancellation.check();
        Path name = from.toRealPath().relativize(file);
        boolean isWanted =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !name.toString().endsWith(unfinished)
                && !Files.exists(to.resolve(name), LinkOption.NOFOLLOW_LINKS);
        if (!isWanted) continue;
        share(file, to.resolve(name));
        shared.add(name);
      }
    }
    return shared;
  }

  /// Gives a file a second name, else copies it; a missing folder is made.
  void share(Path from, Path to) throws IOException {
    Files.createDirectories(Objects.requireNonNull(to.getParent()));
    try {
      Files.createLink(to, from);
    } catch (FileSystemException | UnsupportedOperationException otherDisk) {
      file(from, to);
    }
  }

  private void tree(Path from, Path to, boolean areObjects) throws IOException {
    cancellation.check();
    if (Files.isSymbolicLink(from)) {
      Files.createSymbolicLink(to, Files.readSymbolicLink(from));
    } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(to);
      boolean isRepository = isRepository(from);
      try (var children = Files.newDirectoryStream(from)) {
        for (Path child : children) {
          String name = child.getFileName().toString();
          boolean shares =
              areObjects ? !name.equals("info") : isRepository && name.equals("objects");
          tree(child, to.resolve(name), shares);
        }
      }
      keepMode(from, to);
    } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      if (areObjects) share(from, to);
      else file(from, to);
    }
  }

  private static void file(Path from, Path to) throws IOException {
    Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
    keepMode(from, to);
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
  }

  private static boolean isRepository(Path folder) {
    return Files.isRegularFile(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(folder.resolve("objects"), LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(folder.resolve("refs"), LinkOption.NOFOLLOW_LINKS);
  }

  private static void keepMode(Path from, Path to) throws IOException {
    int mode = (Integer) Files.getAttribute(from, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(to, "unix:mode", mode & PERMISSIONS);
  }
}
