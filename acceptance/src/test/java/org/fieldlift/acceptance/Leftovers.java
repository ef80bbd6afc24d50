package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What may lie about while work is under way and must be gone after it.
final class Leftovers {
  private Leftovers() {}

  static void assertNone(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      List<Path> left = all.filter(Leftovers::isTemporary).toList();
      assertThat(left).isEmpty();
    }
  }

  private static boolean isTemporary(Path path) {
    String name = path.getFileName().toString();
    return name.contains("fieldlift-new")
        || name.contains(".partial")
        || name.contains("-journal")
        || name.startsWith(".import");
  }

  static void delete(Path folder) {
    Program.run("rm", "-rf", folder).well();
  }

  /// A copy of a station as it is now.
  static Fieldlift copy(Fieldlift station, Path home) {
    Program.run("cp", "-a", station.home(), home).well();
    return Fieldlift.at(home);
  }
}
