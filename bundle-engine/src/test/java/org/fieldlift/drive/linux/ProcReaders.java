package org.fieldlift.drive.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The readers of what the kernel says of mounts; whoever mounts something chooses its names.
public final class ProcReaders {
  private ProcReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "mountinfo",
        bytes -> {
          for (Mount mount : Mount.parse(lines(bytes))) {
            if (mount.isForeignDrive() && mount.point().isEmpty()) throw new AssertionError(mount);
          }
        },
        "swaps",
        bytes -> Swaps.devices(lines(bytes)));
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }
}
