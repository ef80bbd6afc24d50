package org.fieldlift.archive;

import static java.util.Objects.requireNonNull;
import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.fieldlift.io.Problem;

/// What lies at a place on the disk, as an entry: type, mode and size, never following a link.
final class OnDisk {
  private static final int TYPE_BITS = 0170000;
  private static final int PERMISSION_BITS = 07777;
  private static final int LINK_MODE = 0777;

  private OnDisk() {}

  /// What is at a place right now.
  ///
  /// @param path the one it has in the archive
  static Entry entry(String path, Path file) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:mode,size", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) requireNonNull(found.get("mode"));
    long size = (Long) requireNonNull(found.get("size"));
    return switch (mode & TYPE_BITS) {
      case 0040000 -> new Entry(path, Entry.Type.DIRECTORY, mode & PERMISSION_BITS, 0, null, null);
      case 0100000 -> new Entry(path, Entry.Type.FILE, mode & PERMISSION_BITS, size, null, null);
      case 0120000 -> new Entry(path, Entry.Type.SYMLINK, LINK_MODE, 0, null, target(file, path));
      default ->
          throw refused(
              path, "it is a device, a pipe or a socket, which is not content", "Remove it");
    };
  }

  /// Refuses systems that keep no permission bits, because a release made or unpacked there would
  /// silently lose them.
  static void requireModes(Path folder) throws Problem {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      throw Problem.failed(
          "This system keeps no permission bits, so "
              + shown(folder.toString())
              + " would not stay as it is.",
          "Do this on Linux or macOS.");
    }
  }

  /// The last name of a place as text. A name is valid when its text gives the same bytes again:
  /// Java shows foreign bytes as replacement characters and would pack another name than the one on
  /// disk.
  ///
  /// @param folder the path in the archive it lies in, for errors
  static String name(String folder, Path place) throws Problem {
    Path name = requireNonNull(place.getFileName());
    String text = name.toString();
    try {
      if (place.getFileSystem().getPath(text).equals(name)) return text;
    } catch (InvalidPathException e) {
      // falls through to the same refusal
    }
    throw refused(
        within(folder, text), "its name is not valid UTF-8", "Rename it (and use a UTF-8 locale)");
  }

  /// A path in a folder of the archive, which is empty for its root.
  static String within(String folder, String path) {
    return folder.isEmpty() ? path : folder + "/" + path;
  }

  /// The refusal of what no archive can hold.
  static Problem refused(String path, String why, String next) {
    return Problem.failed(
        shown(path) + " cannot be packed: " + why + ".", next + ", then try again.");
  }

  private static String target(Path link, String path) throws IOException {
    String target = Files.readSymbolicLink(link).toString();
    if (target.indexOf('\ufffd') >= 0) {
      throw refused(path, "its target is not valid UTF-8", "Replace the link");
    }
    return target;
  }
}
