package org.fieldlift.provision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fieldlift.archive.Piece;
import org.fieldlift.drive.Likeness;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.release.StoredRelease;

/// Which releases for which devices on which drives, before anything is written.
///
/// @param releases in the order they are laid out
/// @param drives in the order they were given, unused ones too
/// @param shortBy bytes that found no room; 0 when everything fits
/// @param remarks sentences to read before anything is written
public record Plan(
    List<StoredRelease> releases,
    List<Device> devices,
    Spread spread,
    List<PlannedDrive> drives,
    long shortBy,
    List<String> remarks) {

  /// The slowest rate a USB drive may be expected to have, for estimates: bytes a second.
  public static final long EXPECTED_RATE = 20_000_000;

  /// How releases go onto several drives.
  public enum Spread {
    /// Every drive holds everything.
    EACH,
    /// The drives travel together and share the load.
    TOGETHER
  }

  /// The same plan with these remarks.
  public Plan remarking(List<String> others) {
    return new Plan(releases, devices, spread, drives, shortBy, List.copyOf(others));
  }

  public boolean fits() {
    return shortBy == 0;
  }

  public List<PlannedDrive> used() {
    return drives.stream().filter(PlannedDrive::isUsed).toList();
  }

  public long drivesUsed() {
    return drives.stream().filter(PlannedDrive::isUsed).count();
  }

  /// The drives on which something will be lost.
  public List<PlannedDrive> erased() {
    return used().stream().filter(PlannedDrive::isErased).toList();
  }

  /// Bytes written, and as many read back, on all drives together.
  public long bytes() {
    return drives.stream().mapToLong(PlannedDrive::bytes).sum();
  }

  /// How long writing and reading back takes at [#EXPECTED_RATE], all drives at once.
  public Duration estimate() {
    long longest = drives.stream().mapToLong(PlannedDrive::bytes).max().orElse(0);
    return Duration.ofSeconds(2 * longest / EXPECTED_RATE);
  }

  /// One drive of the plan.
  ///
  /// @param code what will be on its label ("FL-7K3QX2")
  /// @param set id of the drives that belong together
  /// @param number from 1 within its set; 0 when the drive stays unused
  /// @param of drives in its set
  /// @param now what is on it
  /// @param lookedAt by what it is known again before it is erased
  /// @param pieces in archive order
  /// @param bytes that will be written to it
  /// @param free bytes that stay free
  public record PlannedDrive(
      Path target,
      long size,
      int sectorSize,
      String code,
      String set,
      int number,
      int of,
      DriveLook.Now now,
      Likeness lookedAt,
      List<PlannedPiece> pieces,
      long bytes,
      long free) {
    public boolean isUsed() {
      return number > 0;
    }

    boolean isErased() {
      return switch (now) {
        case DriveLook.Now.Blank _, DriveLook.Now.NotMade _ -> false;
        case DriveLook.Now.Ours _, DriveLook.Now.Foreign _, DriveLook.Now.Unreadable _ -> true;
      };
    }

    /// Bytes of one release on this drive.
    public long bytesOf(Digest release) {
      return pieces.stream()
          .filter(piece -> piece.release().equals(release))
          .mapToLong(piece -> piece.piece().size())
          .sum();
    }
  }

  /// @param release the first release of the plan that needs the piece; others may share it
  public record PlannedPiece(Digest release, Piece piece) {}
}
