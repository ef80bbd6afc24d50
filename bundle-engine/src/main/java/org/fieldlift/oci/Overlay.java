package org.fieldlift.oci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.fieldlift.io.SafePath;

/// Which entries of an image's layers a container sees, asked from the top layer down: the first of
/// a name counts, and what is marked as removed hides everything of that name further down.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">whiteouts</a>
final class Overlay {
  private static final String REMOVED = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /// What remembering a name takes besides its characters, in bytes.
  private static final int REMEMBERING = 64;

  /// Name → whether nothing below it counts any more.
  private final Map<String, Boolean> seen = new HashMap<>();

  /// Folders whose content in lower layers does not count, and those of the present layer.
  private final Set<String> opaque = new HashSet<>();

  private final Set<String> opaqueBelow = new HashSet<>();
  private final int mostEntries;
  private final long mostNames;
  private int entries;
  private long names;
  private String name = "";

  /// @param mostEntries of all layers
  /// @param mostNames bytes of all their names, in memory
  Overlay(int mostEntries, long mostNames) {
    this.mostEntries = mostEntries;
    this.mostNames = mostNames;
  }

  void beginLayer() {
    opaque.addAll(opaqueBelow);
    opaqueBelow.clear();
  }

  /// Whether this entry is to be written, under [#name].
  ///
  /// @throws org.fieldlift.io.Problem when its name leads out of the image, or there are too many
  boolean shows(TarArchiveEntry entry) throws IOException {
    if (++entries > mostEntries) {
      throw ImageFiles.damaged("it has more than " + mostEntries + " entries");
    }
    String path = clean(entry.getName());
    names += path.getBytes(StandardCharsets.UTF_8).length + REMEMBERING;
    if (names > mostNames) throw ImageFiles.damaged("its names are too long together");
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : path.substring(0, slash);
    String base = path.substring(slash + 1);
    if (base.equals(OPAQUE)) {
      opaqueBelow.add(folder);
      return false;
    }
    boolean isRemoval = base.startsWith(REMOVED);
    if (isRemoval) base = base.substring(REMOVED.length());
    name = folder.isEmpty() ? base : folder + "/" + base;
    if (name.isEmpty() || seen.containsKey(name) || isHidden(name)) return false;
    seen.put(name, isRemoval || !entry.isDirectory());
    return !isRemoval;
  }

  /// The name of the entry that was asked for last.
  String name() {
    return name;
  }

  private boolean isHidden(String path) {
    int slash = path.lastIndexOf('/');
    while (slash >= 0) {
      String above = path.substring(0, slash);
      if (seen.getOrDefault(above, false) || opaque.contains(above)) return true;
      slash = above.lastIndexOf('/');
    }
    return opaque.contains("");
  }

  /// Without `./`, `//` and slashes at the ends.
  private static String clean(String path) throws IOException {
    Deque<String> names = new ArrayDeque<>();
    for (String each : path.split("/", -1)) {
      if (each.isEmpty() || each.equals(".")) continue;
      if (each.equals("..")) throw ImageFiles.damaged("a file in it leads out: " + path);
      names.add(each);
    }
    String clean = String.join("/", names);
    if (clean.length() > SafePath.LONGEST) throw ImageFiles.damaged("a name in it is too long");
    return clean;
  }
}
