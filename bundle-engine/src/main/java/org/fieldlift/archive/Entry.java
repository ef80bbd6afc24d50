package org.fieldlift.archive;

import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// One file, directory or symbolic link of a release, as `release.json` lists it.
///
/// @param path relative, `/` between names, no `.`, `..` or empty names
/// @param mode permission bits only (0 to 07777)
/// @param size content length in bytes; 0 unless a file
/// @param sha256 the content's digest; only for files
/// @param target where a link points, verbatim; only for links
public record Entry(
    String path, Type type, int mode, long size, @Nullable Digest sha256, @Nullable String target) {

  /// The same file with this digest.
  public Entry with(Digest digest) {
    return new Entry(path, type, mode, size, digest, target);
  }

  /// What an entry is. Nothing else is ever packed or unpacked.
  public enum Type {
    FILE,
    DIRECTORY,
    SYMLINK
  }
}
