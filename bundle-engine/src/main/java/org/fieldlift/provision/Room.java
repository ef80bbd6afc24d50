package org.fieldlift.provision;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.PlannedPiece;

/// The room on one drive while it is being filled, counted in clusters.
final class Room {
  /// A drive's rest smaller than this is left free rather than filled with a sliver of a part.
  private static final long SMALLEST_SLICE = Planner.MIB;

  private final DriveLook.Drive drive;
  private final Geometry geometry;
  private final long overhead;
  private final List<PlannedPiece> pieces = new ArrayList<>();
  private long usedClusters;

  /// @param overhead clusters that everything but pieces takes at most
  Room(DriveLook.Drive drive, long overhead) throws Problem {
    this(drive, Geometry.of(drive.facts().size(), drive.facts().sectorSize()), overhead);
  }

  private Room(DriveLook.Drive drive, Geometry geometry, long overhead) {
    this.drive = drive;
    this.geometry = geometry;
    this.overhead = overhead;
    this.usedClusters = overhead;
  }

  /// The same drive with nothing on it.
  Room empty() {
    return new Room(drive, geometry, overhead);
  }

  DriveLook.Drive drive() {
    return drive;
  }

  boolean isUsed() {
    return !pieces.isEmpty();
  }

  /// Whether its list of files has no room, though its clusters may.
  boolean isListFull() {
    return pieces.size() == PlanLimits.MOST_PIECES;
  }

  long freeClusterBytes() {
    return Math.max(0, geometry.clusters() - usedClusters) * geometry.clusterSize();
  }

  /// Takes the next piece of a part.
  ///
  /// @return false when this drive is full
  boolean take(PartCutter cutter, Digest release) {
    if (isListFull()) return false;
    long length = Math.min(cutter.wish(), freeClusterBytes());
    if (length < cutter.wish()) {
      length -= length % SMALLEST_SLICE;
      if (length < SMALLEST_SLICE) return false;
    }
    pieces.add(new PlannedPiece(release, cutter.cut(length)));
    usedClusters += geometry.clustersFor(length);
    return true;
  }

  /// Bytes of tables and blanked ends, which are written and read back too.
  private long frame() {
    long tables = geometry.reservedSectors() + 2 * geometry.tableSectors();
    return tables * geometry.sectorSize() + 2 * Planner.MIB;
  }

  PlannedDrive planned(String code, String set, int number, int of) {
    long bytes = pieces.stream().mapToLong(piece -> piece.piece().size()).sum();
    return new PlannedDrive(
        drive.facts().path(),
        drive.facts().size(),
        drive.facts().sectorSize(),
        code,
        set,
        number,
        of,
        drive.now(),
        drive.lookedAt(),
        List.copyOf(pieces),
        number == 0 ? 0 : bytes + overhead * geometry.clusterSize() + frame(),
        freeClusterBytes());
  }
}
