package org.fieldlift.export;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fieldlift.forklift.CacheFolders;

/// Where caches are looked for, in this order. What is fetched goes to this station's: a workspace
/// is never changed, for its caches know no platform and Forklift believes them unseen.
///
/// @param bundle what the bundle brought along when it was imported
/// @param workspace what Forklift cached when it staged the bundle
/// @param station what was fetched for earlier exports of this platform
public record Places(CacheFolders bundle, CacheFolders workspace, CacheFolders station) {

  /// The first place that has it. A link is not followed.
  Optional<Path> find(Function<CacheFolders, Path> where) {
    return Stream.of(bundle, workspace, station)
        .map(where)
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }
}
