package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.io.Problem;

/// Another process, which may be another user's: looks at a drive, reads it, opens it, and says how
/// it was refused.
final class Looking {
  private Looking() {}

  static List<String> command(Path drive) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Looking.class.getName(),
        drive.toString());
  }

  public static void main(String[] drive) throws IOException {
    Path path = Path.of(drive[0]);
    System.out.println(BlockTargets.look(path).refusal());
    System.out.println(BlockTargets.look(path).next());
    try {
      BlockTargets.content(path).read(0, ByteBuffer.allocate(512));
    } catch (Problem problem) {
      System.out.println(problem.what() + " " + problem.next());
    }
    try {
      BlockTargets.open(path).close();
    } catch (Problem problem) {
      System.out.println(problem.what());
    }
  }
}
