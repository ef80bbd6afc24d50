package org.fieldlift.provision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.archive.Part;
import org.fieldlift.fat32.Volume;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.PlannedPiece;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.StoredRelease;

/// What a plan must keep although there is room: how many files FAT32 lists in a folder, how large
/// a `drive.json` every device reads, and how much one fact of the ledger names. A drive that
/// breaks one of them could not be written, read, or recorded.
final class PlanLimits {
  /// Most pieces on one drive; all of them lie in one folder.
  static final int MOST_PIECES = Volume.mostFiles("0".repeat(64) + ".000");

  /// Bytes of a piece in the list of a release, and of a file in the list of a drive, at most.
  private static final long BYTES_PER_PIECE = 314;

  private static final long BYTES_PER_FILE = 210;

  /// Bytes of a release without its pieces: three names of 250 characters and four files.
  private static final long BYTES_PER_RELEASE = 3 * 250 * 6 + 4 * 300;

  /// Bytes of everything else: the station's name, ids, digests.
  private static final long FIXED = 250 * 6 + 1000;

  /// Bytes around a device's id, and of a drive's code.
  private static final long BYTES_PER_NAME = 20;

  /// Most bytes a character takes in JSON.
  private static final long BYTES_PER_CHARACTER = 6;

  private PlanLimits() {}

  /// @throws Problem of kind USAGE when the ledger could not say what was written
  static void requireRecordable(List<StoredRelease> releases, List<Device> devices) throws Problem {
    requireRecordable("releases", releases.size());
    requireRecordable("devices", devices.size());
  }

  private static void requireRecordable(String what, int count) throws Problem {
    if (count <= Fact.MOST_LISTED) return;
    throw Problem.usage(
        "The plan names %d %s, and a drive can be recorded for %d at most."
            .formatted(count, what, Fact.MOST_LISTED),
        "Plan for fewer " + what + " a drive.");
  }

  /// The refusal when a drive has room but lists no more pieces.
  ///
  /// @param drives that were given
  static Problem tooManyPieces(Map<Part, ?> parts, long largestPiece, int drives) {
    long pieces = pieces(parts, largestPiece);
    boolean helpsToCutLess = pieces(parts, Planner.LARGEST_PIECE) <= (long) MOST_PIECES * drives;
    return Problem.usage(
        "The releases are %d pieces, and a FAT32 drive lists %d at most."
            .formatted(pieces, MOST_PIECES),
        (helpsToCutLess
                ? "Choose a larger piece size than "
                    + ByteSize.text(largestPiece)
                    + " (--piece-size), or add"
                : "Plan fewer releases, or add")
            + " a drive and let them travel together (--together).");
  }

  private static long pieces(Map<Part, ?> parts, long largestPiece) {
    return parts.keySet().stream().mapToLong(part -> Math.ceilDiv(part.size(), largestPiece)).sum();
  }

  /// @throws Problem of kind USAGE when the `drive.json` of a drive would be too large to be read
  static void requireReadable(Plan plan) throws Problem {
    Map<String, Map<Part, Integer>> bySet = new HashMap<>();
    for (PlannedDrive drive : plan.used()) {
      Map<Part, Integer> pieces = bySet.computeIfAbsent(drive.set(), _ -> new HashMap<>());
      for (PlannedPiece planned : drive.pieces()) {
        pieces.merge(planned.piece().part(), 1, Integer::sum);
      }
    }
    for (PlannedDrive drive : plan.used()) {
      long listed = 0;
      for (StoredRelease release : plan.releases()) {
        for (Part part : release.parts().parts()) {
          listed += bySet.getOrDefault(drive.set(), Map.of()).getOrDefault(part, 0);
        }
      }
      if (json(plan, drive, listed) > DriveManifest.LARGEST_JSON) {
        throw tooLong(listed, plan.releases().size());
      }
    }
  }

  /// Bytes of a drive's `drive.json`, at most.
  ///
  /// @param listed pieces of all releases on all drives of the set; those that two share count
  ///   twice
  static long json(Plan plan, PlannedDrive drive, long listed) {
    long devices =
        plan.devices().stream()
            .mapToLong(device -> device.id().length() * BYTES_PER_CHARACTER + BYTES_PER_NAME)
            .sum();
    return FIXED
        + plan.releases().size() * BYTES_PER_RELEASE
        + listed * BYTES_PER_PIECE
        + drive.pieces().size() * BYTES_PER_FILE
        + devices
        + drive.of() * BYTES_PER_NAME;
  }

  /// The refusal of a `drive.json` that nobody could read.
  static Problem tooLong(long pieces, int releases) {
    return Problem.usage(
        "The releases are %d pieces on these drives; the list of them would be too long to be read."
            .formatted(pieces),
        releases > 1
            ? "Choose a larger piece size (--piece-size), or plan fewer releases for these drives."
            : "Choose a larger piece size (--piece-size).");
  }
}
