package org.fieldlift.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// Removing what we wrote.
public final class FolderFiles {
  private FolderFiles() {}

  /// Deletes a file or a folder with all that is in it, never following a link. Folders may be
  /// read-only, as those of a bundle that was being copied.
  ///
  /// @return bytes freed
  public static long delete(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException gone) {
      return 0;
    }
    long freed = 0;
    if (attributes.isDirectory()) {
      allow(path);
      try (var children = Files.newDirectoryStream(path)) {
        for (Path child : children) freed += delete(child);
      }
    } else {
      freed = attributes.size();
    }
    Files.deleteIfExists(path);
    return freed;
  }

  /// Root may do everything already, so whoever puts a link in the way makes it change nothing.
  private static void allow(Path folder) throws IOException {
    boolean usable =
        Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder);
    if (usable || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (FileSystemException notOurs) {
      // Deleting what is in it will tell.
    }
  }
}
