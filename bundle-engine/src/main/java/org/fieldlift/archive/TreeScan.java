package org.fieldlift.archive;

import static java.util.Objects.requireNonNull;
import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Lists a directory tree, or one file: names, types, modes and sizes, never following a link.
final class TreeScan {
  private static final int TYPE_BITS = 0170000;
  private static final int PERMISSION_BITS = 07777;
  private static final int LINK_MODE = 0777;

  private final Path tree;
  private final List<Entry> entries = new ArrayList<>();
  private final Deque<Path> folders = new ArrayDeque<>();

  private TreeScan(Path tree) {
    this.tree = tree;
  }

  /// All entries below a folder, or the one file, in archive order, without digests.
  static List<Entry> of(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      throw Problem.failed(
          "There is nothing at " + shown(tree.toString()) + ".",
          "Choose a folder, or a file, to pack.");
    }
    requireModes(tree);
    TreeScan scan = new TreeScan(root(tree));
    if (Files.isDirectory(tree)) scan.folders.add(tree);
    else scan.entries.add(entry(scan.tree, tree.toAbsolutePath()));
    while (!scan.folders.isEmpty()) scan.list(scan.folders.removeLast());
    scan.entries.sort(Comparator.comparing(Entry::path, EntryList.BYTE_ORDER));
    Optional<String> fault = EntryList.fault(scan.entries, false);
    if (fault.isPresent()) {
      throw Problem.failed(
          shown(tree.toString()) + " cannot be packed: " + fault.get() + ".",
          "Rename or remove it, then try again.");
    }
    return List.copyOf(scan.entries);
  }

  /// Where the paths of entries begin: one file is an entry of its own folder.
  static Path root(Path tree) {
    return Files.isDirectory(tree) ? tree : requireNonNull(tree.toAbsolutePath().getParent());
  }

  /// What is at a path right now.
  static Entry entry(Path tree, Path file) throws IOException {
    String path = relative(tree, file);
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

  private void list(Path folder) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        Entry entry = entry(tree, child);
        if (entries.size() == EntryList.MOST_ENTRIES) {
          throw Problem.failed(
              shown(tree.toString()) + " holds more than " + EntryList.MOST_ENTRIES + " files.",
              "Pack a smaller folder.");
        }
        entries.add(entry);
        if (entry.type() == Entry.Type.DIRECTORY) folders.add(child);
      }
    } catch (DirectoryIteratorException e) {
      throw unreadable(requireNonNull(e.getCause()));
    } catch (FileSystemException e) {
      throw unreadable(e);
    }
  }

  private static Problem unreadable(IOException cause) {
    return new Problem(
        Problem.Kind.FAILED,
        "A folder or file cannot be read: "
            + PlainText.of(String.valueOf(cause.getMessage()))
            + ".",
        "Give yourself the right to read it, then try again.",
        cause);
  }

  private static String target(Path link, String path) throws IOException {
    String target = Files.readSymbolicLink(link).toString();
    if (target.indexOf('\ufffd') >= 0) {
      throw refused(path, "its target is not valid UTF-8", "Replace the link");
    }
    return target;
  }

  /// The path as text. A name is valid when its text gives the same bytes again: Java shows foreign
  /// bytes as replacement characters and would pack another name than the one on disk.
  private static String relative(Path tree, Path file) throws Problem {
    Path relative = tree.relativize(file);
    String text = relative.toString();
    try {
      if (file.getFileSystem().getPath(text).equals(relative)) return text;
    } catch (InvalidPathException e) {
      // falls through to the same refusal
    }
    throw refused(text, "its name is not valid UTF-8", "Rename it (and use a UTF-8 locale)");
  }

  private static Problem refused(String path, String why, String next) {
    return Problem.failed(
        shown(path) + " cannot be packed: " + why + ".", next + ", then try again.");
  }
}
