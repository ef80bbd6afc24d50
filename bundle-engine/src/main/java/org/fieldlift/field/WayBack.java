package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.Workspace;

/// What of a bundle goes back to a workspace, and the room it takes there: the pallet, and caches
/// that are not there yet. A mirror counts in full, since it is unpacked before it is merged.
record WayBack(Workspace workspace) {
  private static final String PALLET = "pallet";

  /// @param what takes the room, for people
  /// @param entries of a release
  Room.Need need(String what, List<Entry> entries) {
    return new Room.Need(
        what,
        workspace.root(),
        Room.needed(entries.stream().filter(entry -> isWritten(entry.path())).toList()));
  }

  /// @param bundle a bundle directory
  Room.Need need(String what, Path bundle) throws IOException {
    CacheFolders caches = CacheFolders.of(bundle);
    List<Entry> entries = new ArrayList<>();
    for (Path part :
        List.of(
            bundle.resolve(PALLET),
            caches.pallets(),
            caches.repositories(),
            caches.downloads(),
            caches.mirrors())) {
      if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) list(bundle, part, entries);
    }
    return need(what, entries);
  }

  private boolean isWritten(String path) {
    if (path.startsWith(PALLET + "/")) return true;
    if (!path.startsWith(CacheFolders.IN_A_BUNDLE + "/") || CacheFolders.holdsImage(path)) {
      return false;
    }
    String below = path.substring(CacheFolders.IN_A_BUNDLE.length() + 1);
    return !Files.exists(workspace.caches().root().resolve(below), LinkOption.NOFOLLOW_LINKS);
  }

  private static void list(Path bundle, Path part, List<Entry> entries) throws IOException {
    Files.walkFileTree(
        part,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            add(folder, Entry.Type.DIRECTORY, 0);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            add(file, Entry.Type.FILE, attributes.size());
            return FileVisitResult.CONTINUE;
          }

          private void add(Path at, Entry.Type type, long size) {
            String path = bundle.relativize(at).toString();
            entries.add(new Entry(path, type, 0, size, null, null));
          }
        });
  }
}
