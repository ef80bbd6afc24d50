package org.fieldlift.fat32;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The folders that a list of file paths needs, the root first, the others as they are first met.
///
/// @param folders at index 0 the root
record FolderTree(List<Folder> folders) {
  /// Deepest nesting of folders that is written or read: more than anybody needs, little enough for
  /// any system's longest path.
  static final int DEEPEST = 64;

  /// Entries a folder may have: the specification's 2 MiB.
  static final int MOST_ENTRIES = 65_536;

  /// Those a folder has for itself: `.` and `..`.
  static final int OWN_ENTRIES = 2;

  /// @param parent index of the folder above
  record Folder(String path, int parent, List<Item> items) {
    boolean isRoot() {
      return path.isEmpty();
    }

    /// Directory entries it takes: `.` and `..`, or in the root the label.
    int entries() {
      int count = isRoot() ? 1 : OWN_ENTRIES;
      for (Item item : items) count += LongName.entries(item.name());
      return count;
    }

    /// Bytes those entries take.
    long bytes() {
      return (long) entries() * DirectoryWriter.ENTRY;
    }
  }

  /// A name in a folder.
  ///
  /// @param index of the folder in this tree or of the file in the list of paths
  record Item(String name, boolean isFolder, int index) {}

  /// Names are put into Unicode's composed form (NFC), or one file could have two names that look
  /// the same.
  static FolderTree of(Iterable<String> paths) {
    List<Folder> folders = new ArrayList<>();
    Map<String, Integer> known = new HashMap<>();
    folders.add(new Folder("", 0, new ArrayList<>()));
    known.put("", 0);
    int file = 0;
    for (String given : paths) {
      String path = Normalizer.normalize(given, Normalizer.Form.NFC);
      int folder = 0;
      int start = 0;
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
        String above = path.substring(0, slash);
        Integer child = known.get(above);
        if (child == null) {
          child = folders.size();
          folders.get(folder).items.add(new Item(path.substring(start, slash), true, child));
          folders.add(new Folder(above, folder, new ArrayList<>()));
          known.put(above, child);
        }
        folder = child;
        start = slash + 1;
      }
      folders.get(folder).items.add(new Item(path.substring(start), false, file++));
    }
    return new FolderTree(folders);
  }

  /// Refuses names FAT cannot hold or tell apart, and folders that are too full or too deep.
  void check() throws Problem {
    for (Folder folder : folders) {
      Set<String> seen = new HashSet<>();
      for (Item item : folder.items) {
        String path = folder.isRoot() ? item.name() : folder.path + "/" + item.name();
        LongName.check(item.name(), path);
        if (!seen.add(LongName.fold(item.name()))) {
          throw Problem.usage(
              "A FAT32 drive cannot hold \""
                  + PlainText.of(path)
                  + "\" beside a name that differs from it only in capitals, or not at all.",
              "Rename one of the two and try again.");
        }
      }
      if (folder.path.chars().filter(unit -> unit == '/').count() >= DEEPEST) {
        throw Problem.usage(
            "\"" + PlainText.of(folder.path) + "\" lies deeper than " + DEEPEST + " folders.",
            "Move it up and try again.");
      }
      if (folder.entries() > MOST_ENTRIES) {
        throw Problem.failed(
            "The folder \"" + PlainText.of(folder.path) + "\" has more files than FAT32 can list.",
            "Spread the files over several folders or drives.");
      }
    }
  }
}
