package org.fieldlift.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Plan;

/// Another process: writes one release onto many drives at once and says how each lane ended.
///
/// Arguments: the station's folder, the release, the drives.
final class ManyDrives {
  private ManyDrives() {}

  public static void main(String[] args) throws Exception {
    List<Path> drives = new ArrayList<>();
    try (Engine engine = Engine.open(Path.of(args[0]))) {
      for (int i = 2; i < args.length; i++) {
        drives.add(Path.of(args[i]));
      }
      PlanOrder order =
          new PlanOrder(
              List.of(args[1]),
              List.of(),
              drives,
              Optional.of(64_000_000L),
              Optional.of(Plan.Spread.EACH),
              Optional.empty(),
              false,
              "");
      Plan plan = engine.drives().plan(order);
      for (LaneState lane :
          engine.drives().write(plan, "", new Progress(""), new Cancellation()).await()) {
        System.out.println(lane.phase() + " " + lane.message());
      }
    }
  }

  /// @param memory as `-Xmx` takes it
  static ProcessBuilder command(String memory, Path station, String release, List<Path> drives) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ManyDrives.class.getName(),
                station.toString(),
                release));
    drives.forEach(drive -> words.add(drive.toString()));
    return new ProcessBuilder(words);
  }
}
