package org.fieldlift.archive;

import static java.util.Objects.requireNonNull;
import static org.fieldlift.archive.EntryList.shown;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Takes the digest of each file while the next one is being read already.
final class FileDigests {
  private final List<Leaf> leaves;
  private final @Nullable Digest[] found;
  private final Digest.Hasher hasher = new Digest.Hasher();

  FileDigests(List<Leaf> leaves) {
    this.leaves = leaves;
    this.found = new Digest[leaves.size()];
  }

  /// Hashes the files' bytes in a block. For one thread, which takes the blocks in order.
  ///
  /// @throws Problem for a file that is not what its graft says
  void take(Block block) throws Problem {
    for (Block.Stretch stretch : block.stretches()) {
      switch (stretch) {
        case Block.Stretch.Content(var bytes) -> hasher.update(bytes);
        case Block.Stretch.End(int place) -> found[place] = checked(leaves.get(place));
      }
    }
  }

  /// A file that need not be hashed.
  void know(int place, Digest digest) {
    found[place] = digest;
  }

  /// All entries with their digests. For when all blocks were taken.
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      Entry entry = leaves.get(i).entry();
      boolean isFile = entry.type() == Entry.Type.FILE;
      entries.add(isFile ? entry.with(requireNonNull(found[i])) : entry);
    }
    return List.copyOf(entries);
  }

  private Digest checked(Leaf leaf) throws Problem {
    Digest digest = hasher.digest();
    Digest proven = leaf.graft().proven();
    if (proven == null || proven.equals(digest)) return digest;
    throw Problem.failed(
        shown(leaf.entry().path()) + " is damaged: its content is not " + proven.brief() + "….",
        "Remove it where it is kept, get it again, then pack again.");
  }
}
