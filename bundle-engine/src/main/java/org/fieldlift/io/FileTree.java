package org.fieldlift.io;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A read-only tree of folders and regular files: a mounted drive, a folder, or a FAT32 volume
/// inside an image file. Everything in it is foreign.
///
/// Paths are relative, with `/` between names. Links and devices are not part of a tree.
public interface FileTree {
  /// What to call it when talking to a person: a path, or a drive's name.
  String name();

  /// The names directly below a folder, sorted; empty when there is no such folder. `""` is the
  /// root.
  List<Child> list(String folder) throws IOException;

  /// A regular file's content, or nothing when there is no such file.
  Optional<Content> file(String path) throws IOException;

  /// One name below a folder.
  ///
  /// @param size in bytes; 0 for a folder
  record Child(String name, boolean isFolder, long size) {}

  /// A small file's bytes.
  ///
  /// @param limit the most that is read into memory
  default Optional<byte[]> bytes(String path, int limit) throws IOException {
    Optional<Content> content = file(path);
    return content.isEmpty() ? Optional.empty() : Optional.of(content.get().bytes(limit, path));
  }
}
