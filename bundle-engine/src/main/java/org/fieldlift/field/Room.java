package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.ByteSize;

/// How many bytes may still be written where a folder is.
@FunctionalInterface
interface Room {
  Room OF_THE_FILE_SYSTEM = folder -> Files.getFileStore(folder).getUsableSpace();

  /// Most file systems give a file whole blocks of this many bytes.
  long BLOCK = 4096;

  /// What stays free, so that the device can still write its logs and state.
  long MARGIN = 64 << 20;

  long bytes(Path folder) throws IOException;

  /// One sentence when a bundle and the margin do not fit; nothing when they do.
  default Optional<String> lack(Path folder, String what, List<Entry> entries) throws IOException {
    long needed = needed(entries);
    long free = bytes(folder);
    if (free >= needed) return Optional.empty();
    return Optional.of(
        "%s needs %s of room in %s, but only %s is free."
            .formatted(what, ByteSize.text(needed), folder, ByteSize.text(free)));
  }

  /// Sizes come from outside: a sum too large for a number is as good as endless.
  private static long needed(List<Entry> entries) {
    long needed = MARGIN;
    for (Entry entry : entries) {
      if (entry.size() > Long.MAX_VALUE / 2 - needed) return Long.MAX_VALUE;
      needed += BLOCK + (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
    }
    return needed;
  }
}
