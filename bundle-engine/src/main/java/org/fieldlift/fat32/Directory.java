package org.fieldlift.fat32;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A foreign folder as it was read.
final class Directory {
  private final String path;
  private final String label;
  private final Map<String, Entry> byName = new LinkedHashMap<>();
  private final Map<String, Entry> byAnyName = new LinkedHashMap<>();

  /// @param cluster where its chain begins; anything, because it is foreign
  record Entry(String name, String shortName, boolean isFolder, long cluster, long size) {}

  /// @param path where it lies, in the drive's own spelling
  /// @param label of the volume, where an entry says so
  Directory(String path, String label, List<Entry> entries, String drive) throws Problem {
    this.path = path;
    this.label = label;
    for (Entry entry : entries) {
      // Two files of one name: a check would look at one, and a device would run the other.
      if (byName.putIfAbsent(entry.name, entry) != null) {
        throw Damage.of(drive, Damage.shown(pathOf(entry)) + " is there twice");
      }
      byAnyName.putIfAbsent(LongName.fold(entry.name), entry);
    }
    for (Entry entry : entries) byAnyName.putIfAbsent(LongName.fold(entry.shortName), entry);
  }

  String label() {
    return label;
  }

  Collection<Entry> entries() {
    return byName.values();
  }

  String pathOf(Entry entry) {
    return path.isEmpty() ? entry.name : path + "/" + entry.name;
  }

  /// Finds a name as FAT does: whatever its case, and by its 8.3 name too. The name as it is comes
  /// first, because Linux writes é beside É.
  @Nullable Entry find(String name) {
    Entry entry = byName.get(name);
    return entry != null ? entry : byAnyName.get(LongName.fold(name));
  }
}
