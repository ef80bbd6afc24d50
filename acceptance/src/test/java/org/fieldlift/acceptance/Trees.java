package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Compares directory trees: types, modes, link targets, bytes, empty directories.
final class Trees {
  private Trees() {}

  static void assertSame(Path expected, Path actual) throws IOException {
    assertThat(describe(actual)).isEqualTo(describe(expected));
  }

  /// Path → what is there, in one line.
  static Map<String, String> describe(Path root) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (var paths = Files.walk(root)) {
      for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
        entries.put(root.relativize(path).toString(), line(path));
      }
    }
    return entries;
  }

  private static String line(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) return "link to " + Files.readSymbolicLink(path);
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    String type = Integer.toOctalString((Integer) mode);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return type;
    return type + " " + Digests.of(path);
  }
}
