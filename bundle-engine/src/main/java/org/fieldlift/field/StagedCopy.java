package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.archive.Entry;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;

/// Finds a bundle that is this very release, by looking at every entry of it.
///
/// Nothing that was written down about an earlier import is asked: it may have died before it could
/// write, and numbers are given again after a bundle was deleted. A bundle that holds more than the
/// release is another one: a release may do nothing but take files away. Only what running apps may
/// have put there is passed over.
///
/// Caches may have been dropped when it came the first time; so they may be there, and need not:
/// [#hasCaches] tells.
///
/// @param entries the signed entries, parents before children
record StagedCopy(List<Entry> entries, Cancellation cancellation) {
  private static final int PERMISSIONS = 07777;

  /// The newest bundle that holds every entry unchanged, and nothing else.
  Optional<StagedBundle> in(StageStore store) throws IOException {
    for (StagedBundle bundle : store.bundles().reversed()) {
      Path folder = bundle.folder();
      if (looksSame(folder) && holdsNothingElse(folder) && hasSameBytes(folder)) {
        return Optional.of(bundle);
      }
    }
    return Optional.empty();
  }

  /// Whether a copy has all the caches it came with, unchanged: whoever made room by hand, or a
  /// card that fails, takes some.
  boolean hasCaches(Path bundle) throws IOException {
    for (Entry entry : entries) {
      cancellation.check();
      if (!CacheFolders.holds(entry.path())) continue;
      Path path = bundle.resolve(entry.path());
      if (!looksSame(path, entry) || !hasSameBytes(path, entry)) return false;
    }
    return true;
  }

  private boolean holdsNothingElse(Path bundle) throws IOException {
    AppPlaces places;
    try {
      places = AppPlaces.of(bundle);
    } catch (Problem unusable) {
      return false;
    }
    Set<String> signed = new HashSet<>();
    for (Entry entry : entries) signed.add(entry.path());
    return places.holdsOnly(signed, bundle, cancellation);
  }

  private boolean looksSame(Path bundle) throws IOException {
    for (Entry entry : entries) {
      cancellation.check();
      if (CacheFolders.holds(entry.path())) continue;
      if (!looksSame(bundle.resolve(entry.path()), entry)) return false;
    }
    return true;
  }

  private static boolean looksSame(Path path, Entry entry) throws IOException {
    return switch (entry.type()) {
      case FILE ->
          Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
              && Files.size(path) == entry.size()
              && hasSameMode(path, entry);
      case DIRECTORY ->
          Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && hasSameMode(path, entry);
      case SYMLINK ->
          Files.isSymbolicLink(path)
              && Files.readSymbolicLink(path).toString().equals(entry.target());
    };
  }

  /// Layers that several bundles share have the mode of the first.
  private static boolean hasSameMode(Path path, Entry entry) throws IOException {
    if (CacheFolders.holdsImage(entry.path())) return true;
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) return true;
    Number mode = (Number) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode.intValue() & PERMISSIONS) == entry.mode();
  }

  private boolean hasSameBytes(Path bundle) throws IOException {
    for (Entry entry : entries) {
      cancellation.check();
      if (CacheFolders.holds(entry.path())) continue;
      if (!hasSameBytes(bundle.resolve(entry.path()), entry)) return false;
    }
    return true;
  }

  private static boolean hasSameBytes(Path path, Entry entry) throws IOException {
    Digest signed = entry.sha256();
    return signed == null || Digest.of(path).equals(signed);
  }
}
