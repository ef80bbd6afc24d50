package org.fieldlift.export;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fieldlift.forklift.CacheFolders;

/// Where caches are looked for. What is fetched goes to this station's: a workspace is never
/// changed, for its caches know no platform and Forklift believes them unseen.
///
/// @param bundle what the bundle brought along when it was imported
/// @param staging where Forklift had git's things from when it staged the bundle
/// @param workspace a person's, for files from web servers
/// @param station what was fetched for earlier exports of this platform
public record Places(
    CacheFolders bundle, CacheFolders staging, CacheFolders workspace, CacheFolders station) {

  /// A pallet or a repository.
  Optional<Path> checkout(Function<CacheFolders, Path> where) {
    return first(where, bundle, staging);
  }

  /// A file from a web server, which is the same for every platform.
  Optional<Path> file(Function<CacheFolders, Path> where) {
    return first(where, bundle, workspace, station);
  }

  /// Files of an image. Those of a workspace are of the platform that somebody staged for last;
  /// which one that was is written nowhere.
  Optional<Path> imageFiles(Function<CacheFolders, Path> where) {
    return first(where, bundle, station);
  }

  /// The first that has it. A link is not followed.
  private static Optional<Path> first(Function<CacheFolders, Path> where, CacheFolders... folders) {
    return Stream.of(folders)
        .map(where)
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }
}
