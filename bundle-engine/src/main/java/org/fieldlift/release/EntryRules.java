package org.fieldlift.release;

import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntryList;
import org.fieldlift.io.Problem;

/// What the entries of a release must be beside what every archive's must ([EntryList]).
final class EntryRules {
  /// The folder of an unpacked single-file form that holds `release.json`; never an entry.
  static final String RESERVED = "fieldlift";

  private EntryRules() {}

  /// @throws Problem of kind NOT_GENUINE, naming the first path that breaks a rule
  static void check(Release.Kind kind, List<Entry> entries) throws Problem {
    EntryList.requireSound(entries);
    long size = 0;
    for (Entry entry : entries) {
      if (entry.path().equals(RESERVED)) {
        throw broken(RESERVED + " is a name Fieldlift keeps for itself");
      }
      size += entry.size();
      if (size < 0) throw broken("it is larger than can be counted");
    }
    boolean isOneFile = entries.size() == 1 && entries.getFirst().type() == Entry.Type.FILE;
    if (kind == Release.Kind.FILE && !isOneFile) {
      throw broken("a release of one file must list exactly that file");
    }
  }

  private static Problem broken(String why) {
    return Problem.notGenuine(
        "release.json is not valid: " + why + ".",
        "Do not use this release; tell whoever made it.");
  }
}
