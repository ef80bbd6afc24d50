package org.fieldlift.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;

/// What an archive is packed from: grafts, each of which puts something that lies elsewhere at a
/// path of the archive. So a staged bundle and caches in other places become one archive without
/// being copied together first.
///
/// A graft of one file (or of bytes) replaces a file of an earlier graft; a directory may be given
/// again with the same mode; whatever else collides is refused when the tree is scanned. Folders
/// that no graft gives are there all the same, with mode 0755.
///
/// Paths in the archive are relative, with `/` between names; `""` is its root.
public final class Tree {
  /// The tree without anything in it.
  public static final Tree EMPTY = new Tree(List.of());

  private final List<Graft> grafts;

  private Tree(List<Graft> grafts) {
    this.grafts = grafts;
  }

  /// A folder's content, or one file, which then is the only entry.
  ///
  /// @throws Problem when there is neither, or when the file's name is not valid UTF-8
  public static Tree of(Path input) throws IOException {
    if (Files.isDirectory(input)) return EMPTY.folder("", input);
    return EMPTY.file(OnDisk.name("", input.toAbsolutePath()), input);
  }

  /// Adds all that lies in a folder, but not the folder's own mode.
  public Tree folder(String at, Path folder) {
    return folder(at, folder, Set.of());
  }

  /// Adds what lies in a folder, but not the folder's own mode.
  ///
  /// @param except paths within the folder that are left out, with all that lies in them
  public Tree folder(String at, Path folder, Set<String> except) {
    return and(new Graft.Folder(at, folder, Set.copyOf(except)));
  }

  /// Adds one regular file, which need not be called as the path it gets.
  public Tree file(String at, Path file) {
    return and(new Graft.OneFile(at, file, null));
  }

  /// Adds one regular file whose digest is known beforehand, as that of an image's blob from its
  /// name.
  ///
  /// @param proven what its content is. It is hashed all the same when it is packed, and refused
  ///   when it is another
  public Tree file(String at, Path file, Digest proven) {
    return and(new Graft.OneFile(at, file, proven));
  }

  /// Adds a small file that lies nowhere.
  ///
  /// @param mode permission bits (0 to 07777)
  public Tree bytes(String at, int mode, byte[] bytes) {
    return and(new Graft.Bytes(at, mode, bytes.clone()));
  }

  /// Adds a directory with this mode.
  ///
  /// @param mode permission bits (0 to 07777)
  public Tree directory(String at, int mode) {
    return and(new Graft.Directory(at, mode));
  }

  List<Graft> grafts() {
    return grafts;
  }

  private Tree and(Graft graft) {
    return new Tree(Stream.concat(grafts.stream(), Stream.of(graft)).toList());
  }
}
