package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.Plan;
import org.jspecify.annotations.Nullable;

/// The drives a person named for a plan: what they are now, and virtual ones that are still to be
/// made. Nothing is made before the plan is agreed to, or a mistyped release would leave a drive.
final class PlanTargets {
  private PlanTargets() {}

  /// Looks at each drive once. Two lanes on one drive would write over each other, and the half of
  /// a set that was written first would be gone.
  ///
  /// @param newSize of virtual drives that are not there yet; empty: every drive must be there
  static List<DriveLook.Drive> of(List<Path> paths, Optional<Long> newSize) throws IOException {
    Map<Object, Path> named = new HashMap<>();
    List<DriveLook.Drive> drives = new ArrayList<>();
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      DriveLook.Drive drive =
          newSize.isEmpty() || Files.exists(absolute)
              ? DriveLook.at(absolute)
              : DriveLook.notMade(absolute, newSize.get());
      @Nullable Path other = named.putIfAbsent(drive.facts().key(), path);
      if (other != null) throw sameDrive(other, path);
      drives.add(drive);
    }
    return drives;
  }

  private static Problem sameDrive(Path one, Path other) {
    String name = PlainText.of(one.toString());
    return Problem.usage(
        one.equals(other)
            ? "The drive " + name + " is named twice."
            : name + " and " + PlainText.of(other.toString()) + " are the same drive.",
        "Name each drive once.");
  }

  /// Makes the virtual drives that the plan uses.
  static void make(Plan plan, VirtualDrives virtual) throws IOException {
    for (Plan.PlannedDrive drive : plan.used()) {
      if (drive.now() instanceof DriveLook.Now.NotMade) virtual.make(drive.target(), drive.size());
    }
  }
}
