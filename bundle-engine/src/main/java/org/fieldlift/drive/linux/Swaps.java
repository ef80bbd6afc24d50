package org.fieldlift.drive.linux;

import java.util.List;

/// `/proc/swaps` (proc_swaps(5)): a heading, then one swap area a line.
final class Swaps {
  private Swaps() {}

  /// The device files that are swapped to. Swap files need no mention: their disk is mounted.
  static List<String> devices(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> Mount.unescaped(line.split("\\s+", 2)[0]))
        .filter(path -> path.startsWith("/dev/"))
        .toList();
  }
}
