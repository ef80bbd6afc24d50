package org.fieldlift.release;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// What the entries of one release must be to each other, beside being well-formed each.
///
/// Sorted without duplicates, so that no path can be written twice; every parent listed as a
/// directory before, so that nothing is ever written through a link or a file.
final class EntryRules {
  /// Most entries of one release.
  static final int MOST = 100_000;

  /// The folder of an unpacked single-file form that holds `release.json`; never an entry.
  static final String RESERVED = "fieldlift";

  private EntryRules() {}

  /// @throws Problem of kind NOT_GENUINE, naming the first path that breaks a rule
  static void check(Release.Kind kind, List<Entry> entries) throws Problem {
    if (entries.size() > MOST) {
      throw broken("it lists " + entries.size() + " entries, at most " + MOST + " are allowed");
    }
    Set<String> directories = new HashSet<>();
    String last = "";
    long size = 0;
    for (Entry entry : entries) {
      String path = entry.path();
      Optional<String> fault = SafePath.fault(path);
      if (fault.isPresent()) throw broken(path, fault.get());
      int order = SafePath.ORDER.compare(last, path);
      if (order == 0) throw broken(path, "is listed twice");
      if (order > 0) throw broken(path, "is not in its place; entries are sorted by path");
      String parent = SafePath.parent(path);
      if (!parent.isEmpty() && !directories.contains(parent)) {
        throw broken(path, "lies in something that is not listed as a directory");
      }
      if (path.equals(RESERVED)) throw broken(path, "is a name Fieldlift keeps for itself");
      if (entry.type() == Entry.Type.DIRECTORY) directories.add(path);
      size += entry.size();
      if (size < 0) throw broken(path, "makes the release larger than can be counted");
      last = path;
    }
    if (kind == Release.Kind.FILE) checkFile(entries);
  }

  private static void checkFile(List<Entry> entries) throws Problem {
    if (entries.size() != 1 || entries.getFirst().type() != Entry.Type.FILE) {
      throw broken("a release of one file must list exactly that file");
    }
  }

  private static Problem broken(String path, String why) {
    return broken("the path \"" + PlainText.of(path) + "\" " + why);
  }

  private static Problem broken(String why) {
    return Problem.notGenuine(
        "release.json is not valid: " + why + ".",
        "Do not use this release; tell whoever made it.");
  }
}
