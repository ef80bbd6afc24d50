package org.fieldlift.forklift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fieldlift.forklift.BundleContents.Include;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;

/// The `includes` of a bundle manifest, flattened: a required pallet lists what it requires itself.
final class Includes {
  /// Real pallets have a handful. Stops a small file that repeats itself by aliases.
  private static final int MOST = 1000;

  private Includes() {}

  /// Every pallet or repository of a section and all below it, ordered by its folder's name.
  static List<Include> of(Section section) throws Problem {
    Map<String, Include> found = new TreeMap<>();
    Deque<Section> waiting = new ArrayDeque<>(Set.of(section));
    int seen = 0;
    while (!waiting.isEmpty()) {
      for (var each : waiting.pop().sections().entrySet()) {
        if (++seen > MOST) throw tooMany(section);
        Include include = include(each.getKey(), each.getValue());
        found.put(include.directory(), include);
        waiting.push(each.getValue().section("includes"));
      }
    }
    return List.copyOf(found.values());
  }

  private static Include include(String path, Section section) throws Problem {
    var fault = SafePath.fault(path);
    if (fault.isPresent()) {
      throw Problem.failed(
          section.file() + " includes " + PlainText.of(path) + ", whose path " + fault.get() + ".",
          "Do not use this bundle; ask where it came from.");
    }
    VersionLock lock = VersionLock.read(section.section("version-lock"));
    return new Include(path, lock.version(), lock.commit(), section.has("override"));
  }

  private static Problem tooMany(Section section) {
    return Problem.failed(
        section.file() + " includes more than " + MOST + " pallets or repositories.",
        "Do not use this bundle; ask where it came from.");
  }
}
