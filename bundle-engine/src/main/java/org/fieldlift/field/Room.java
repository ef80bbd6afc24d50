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
  Room OF_THE_FILE_SYSTEM = folder -> Files.getFileStore(existing(folder)).getUsableSpace();

  /// Most file systems give a file whole blocks of this many bytes.
  long BLOCK = 4096;

  /// What stays free, so that the device can still write its logs and state.
  long MARGIN = 64 << 20;

  long bytes(Path folder) throws IOException;

  /// One sentence when a bundle and the margin do not fit; nothing when they do.
  default Optional<String> lack(Path folder, String what, List<Entry> entries) throws IOException {
    return lack(folder, what, needed(entries));
  }

  /// @param needed bytes; 0 always fits
  default Optional<String> lack(Path folder, String what, long needed) throws IOException {
    if (needed == 0) return Optional.empty();
    long free = bytes(folder);
    if (free >= needed) return Optional.empty();
    return Optional.of(
        "%s needs %s of room in %s, but only %s is free."
            .formatted(what, ByteSize.text(needed), folder, ByteSize.text(free)));
  }

  /// The folder, or the nearest one above it that is there already.
  private static Path existing(Path folder) {
    Path at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
    return at;
  }

  /// Bytes that a bundle and the margin take.
  ///
  /// Sizes come from outside: a sum too large for a number is as good as endless.
  static long needed(List<Entry> entries) {
    long needed = MARGIN;
    for (Entry entry : entries) {
      if (entry.size() > Long.MAX_VALUE / 2 - needed) return Long.MAX_VALUE;
      needed += BLOCK + (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
    }
    return needed;
  }
}
