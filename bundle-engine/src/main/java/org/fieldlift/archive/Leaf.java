package org.fieldlift.archive;

/// One entry of a tree, and the graft it comes from.
///
/// @param entry as it was scanned, without a digest
record Leaf(Entry entry, Graft graft) {
  /// Whether it may take another's place. Only one that was meant to: a file that by chance is in
  /// two folders is never dropped in silence.
  boolean replaces(Leaf other) {
    boolean isSingle =
        switch (graft) {
          case Graft.OneFile _, Graft.Bytes _ -> true;
          case Graft.Folder _, Graft.Directory _ -> false;
        };
    return isSingle && other.entry.type() == Entry.Type.FILE;
  }

  /// Whether both are the same directory, seen by two grafts.
  boolean isSameDirectory(Leaf other) {
    return entry.type() == Entry.Type.DIRECTORY && entry.equals(other.entry);
  }
}
