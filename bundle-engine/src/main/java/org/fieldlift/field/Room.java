package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /// Sizes come from outside: whatever needs more bytes is as good as endless.
  long ENDLESS = 1L << 60;

  /// What somebody is about to write.
  ///
  /// @param what takes the room, for people
  /// @param bytes none for nothing, at most [#ENDLESS]
  record Need(String what, Path folder, long bytes) {
    private String words() {
      return "%s needs %s of room in %s".formatted(what, ByteSize.text(bytes), folder);
    }
  }

  long bytes(Path folder) throws IOException;

  /// One sentence when not all of it fits; nothing when it does. What goes to the same file system
  /// has to fit there together.
  default Optional<String> lack(List<Need> needs) throws IOException {
    Map<FileStore, List<Need>> together = new LinkedHashMap<>();
    for (Need need : needs) {
      if (need.bytes() == 0) continue;
      FileStore place = Files.getFileStore(existing(need.folder()));
      together.computeIfAbsent(place, _ -> new ArrayList<>()).add(need);
    }
    for (List<Need> same : together.values()) {
      long free = bytes(same.getFirst().folder());
      if (same.stream().mapToLong(Need::bytes).sum() <= free) continue;
      return Optional.of(
          same.stream().map(Need::words).collect(Collectors.joining(" and "))
              + ", but only "
              + ByteSize.text(free)
              + " is free.");
    }
    return Optional.empty();
  }

  /// The folder, or the nearest one above it that is there already.
  private static Path existing(Path folder) {
    Path at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
    return at;
  }

  /// Bytes that a bundle and the margin take.
  static long needed(List<Entry> entries) {
    long needed = MARGIN;
    for (Entry entry : entries) {
      if (entry.size() > ENDLESS - needed) return ENDLESS;
      needed += BLOCK + (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
    }
    return Math.min(needed, ENDLESS);
  }
}
