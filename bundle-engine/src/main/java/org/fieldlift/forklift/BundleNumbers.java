package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fieldlift.io.Problem;

/// The numbers of a stage store, counted as Forklift counts them: by Go's `strconv.Atoi` over the
/// names of real directories.
///
/// So `013` and `+12` count as 13 and 12 although no bundle can be loaded from them, a link to a
/// directory does not count, and a numeric directory with rubbish in it does.
final class BundleNumbers {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");

  private BundleNumbers() {}

  static NavigableSet<Long> taken(Path store) throws IOException {
    NavigableSet<Long> taken = new TreeSet<>();
    if (!Files.isDirectory(store)) return taken;
    try (var names = Files.newDirectoryStream(store)) {
      for (Path child : names) {
        if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) continue;
        parse(child.getFileName().toString()).filter(number -> number > 0).ifPresent(taken::add);
      }
    }
    return taken;
  }

  /// One more than the highest; gaps are never filled.
  static int following(Path store) throws IOException {
    NavigableSet<Long> taken = taken(store);
    long highest = taken.isEmpty() ? 0 : taken.last();
    if (highest < Integer.MAX_VALUE) return (int) highest + 1;
    throw Problem.failed(
        "The stage store " + store + " has a directory with the number " + highest + ".",
        "Remove that directory; no number can follow it.");
  }

  static Optional<Long> parse(String name) {
    if (!NUMBER.matcher(name).matches()) return Optional.empty();
    try {
      return Optional.of(Long.parseLong(name));
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }
}
