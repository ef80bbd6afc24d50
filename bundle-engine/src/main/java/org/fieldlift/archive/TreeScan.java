package org.fieldlift.archive;

import static java.util.Objects.requireNonNull;
import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Lists a tree without reading its files: the entries of all grafts, laid over one another.
final class TreeScan {
  private static final Comparator<Leaf> ORDER =
      Comparator.comparing(leaf -> leaf.entry().path(), EntryList.BYTE_ORDER);

  /// Of directories that no graft gives.
  private static final int IMPLIED_MODE = 0755;

  private record Listed(String path, Path folder) {}

  private final Map<String, Leaf> leaves = new HashMap<>();

  private TreeScan() {}

  /// All leaves in archive order.
  static List<Leaf> of(Tree tree) throws IOException {
    TreeScan scan = new TreeScan();
    for (Graft graft : tree.grafts()) scan.add(graft);
    scan.addFoldersNobodyGave(tree);
    List<Leaf> sorted = scan.leaves.values().stream().sorted(ORDER).toList();
    Optional<String> fault = EntryList.fault(sorted.stream().map(Leaf::entry).toList(), false);
    if (fault.isPresent()) {
      throw Problem.failed(
          "This cannot be packed: " + fault.get() + ".", "Rename or remove it, then try again.");
    }
    return sorted;
  }

  private void add(Graft graft) throws IOException {
    switch (graft) {
      case Graft.Folder folder -> list(folder);
      case Graft.OneFile file -> add(file);
      case Graft.Bytes bytes -> put(new Leaf(bytes.look(bytes.at()), bytes));
      case Graft.Directory directory -> put(new Leaf(directory.look(directory.at()), directory));
    }
  }

  private void add(Graft.OneFile file) throws IOException {
    requireSomething(file.file());
    OnDisk.requireModes(file.file());
    Entry entry = file.look(file.at());
    if (entry.type() != Entry.Type.FILE) {
      throw OnDisk.refused(entry.path(), "it is not a file", "Choose a file");
    }
    put(new Leaf(entry, file));
  }

  private void list(Graft.Folder graft) throws IOException {
    requireSomething(graft.folder());
    OnDisk.requireModes(graft.folder());
    Deque<Listed> folders = new ArrayDeque<>(List.of(new Listed("", graft.folder())));
    while (!folders.isEmpty()) list(graft, folders.removeLast(), folders);
  }

  /// @param within where the folder lies in that of the graft
  private void list(Graft.Folder graft, Listed within, Deque<Listed> folders) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(within.folder())) {
      for (Path child : children) {
        String path = OnDisk.within(within.path(), OnDisk.name(within.path(), child));
        if (graft.except().contains(path)) continue;
        Entry entry = OnDisk.entry(OnDisk.within(graft.at(), path), child);
        put(new Leaf(entry, graft));
        if (entry.type() == Entry.Type.DIRECTORY) folders.add(new Listed(path, child));
      }
    } catch (DirectoryIteratorException e) {
      throw unreadable(requireNonNull(e.getCause()));
    } catch (FileSystemException e) {
      throw unreadable(e);
    }
  }

  private void put(Leaf leaf) throws Problem {
    String path = leaf.entry().path();
    Leaf before = leaves.put(path, leaf);
    if (before == null) requireFew();
    else if (!leaf.replaces(before) && !leaf.isSameDirectory(before)) {
      throw Problem.failed(
          "Two different things would be packed as " + shown(path) + ".",
          "Leave one of them out, then try again.");
    }
  }

  private void addFoldersNobodyGave(Tree tree) throws Problem {
    for (String path : List.copyOf(leaves.keySet())) imply(EntryList.parent(path));
    for (Graft graft : tree.grafts()) if (graft instanceof Graft.Folder) imply(graft.at());
  }

  private void imply(String folder) throws Problem {
    for (String path = folder;
        !path.isEmpty() && !leaves.containsKey(path);
        path = EntryList.parent(path)) {
      Graft.Directory implied = new Graft.Directory(path, IMPLIED_MODE);
      put(new Leaf(implied.look(path), implied));
    }
  }

  private void requireFew() throws Problem {
    if (leaves.size() <= EntryList.MOST_ENTRIES) return;
    throw Problem.failed(
        "This is more than " + EntryList.MOST_ENTRIES + " files.", "Pack a smaller folder.");
  }

  private static void requireSomething(Path place) throws Problem {
    if (Files.exists(place)) return;
    throw Problem.failed(
        "There is nothing at " + shown(place.toString()) + ".",
        "Choose a folder, or a file, to pack.");
  }

  private static Problem unreadable(IOException cause) {
    return new Problem(
        Problem.Kind.FAILED,
        "A folder or file cannot be read: "
            + PlainText.of(String.valueOf(cause.getMessage()))
            + ".",
        "Give yourself the right to read it, then try again.",
        cause);
  }
}
