package org.fieldlift.archive;

import java.util.ArrayList;
import java.util.List;

/// Decides which entries travel together. It looks at nothing but the entries, so the same tree
/// always falls into the same parts, and a large file always gives the same part.
public final class Parts {
  /// Small entries gather until a part holds about this much tar.
  static final long GATHER = 64L << 20;

  /// A file of this size is a part of its own.
  static final long ALONE = 4L << 20;

  private Parts() {}

  /// Whether an entry is a part of its own wherever it is packed.
  public static boolean isAlone(Entry entry) {
    return entry.size() >= ALONE;
  }

  /// The entries of each part, in archive order. The end-of-archive mark is one part more.
  public static List<List<Entry>> of(List<Entry> entries) {
    List<List<Entry>> parts = new ArrayList<>();
    int start = 0;
    long gathered = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean alone = isAlone(entry);
      long length = TarHeader.length(entry);
      if (i > start && (alone || gathered + length > GATHER)) {
        parts.add(entries.subList(start, i));
        start = i;
        gathered = 0;
      }
      gathered += length;
      if (alone) {
        parts.add(entries.subList(start, i + 1));
        start = i + 1;
        gathered = 0;
      }
    }
    if (start < entries.size()) parts.add(entries.subList(start, entries.size()));
    return parts;
  }
}
