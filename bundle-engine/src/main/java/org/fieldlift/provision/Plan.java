package org.fieldlift.provision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.release.StoredRelease;

/// Which releases for which devices on which drives, before anything is written.
///
/// @param set id of the drive set: digest-like, unique
/// @param releases in the order they are laid out
/// @param drives in the order they were given, unused ones too
/// @param bytes written and read back on all drives together
/// @param shortBy bytes that found no room; 0 when everything fits
/// @param warnings sentences a person should read first
public record Plan(
    String set,
    List<StoredRelease> releases,
    List<Device> devices,
    List<PlannedDrive> drives,
    long bytes,
    long shortBy,
    List<String> warnings) {

  /// The slowest rate a USB drive may be expected to have, for estimates: bytes a second.
  public static final long EXPECTED_RATE = 20_000_000;

  public boolean fits() {
    return shortBy == 0;
  }

  public long drivesUsed() {
    return drives.stream().filter(PlannedDrive::isUsed).count();
  }

  /// How long writing and reading back takes at [#EXPECTED_RATE], all drives at once.
  public Duration estimate() {
    long longest = drives.stream().mapToLong(PlannedDrive::bytes).max().orElse(0);
    return Duration.ofSeconds(2 * longest / EXPECTED_RATE);
  }

  /// @param code what will be on its label ("FL-7K3QX2")
  /// @param number from 1 within the set; 0 when unused
  /// @param holds what is on it now, in words; empty for a blank drive
  /// @param pieces in archive order
  /// @param bytes that will be written to it
  /// @param free bytes that stay free
  public record PlannedDrive(
      Path target,
      long size,
      int sectorSize,
      String code,
      int number,
      String holds,
      List<PlannedPiece> pieces,
      long bytes,
      long free) {
    public boolean isUsed() {
      return number > 0;
    }

    /// Bytes of one release on this drive.
    public long bytesOf(Digest release) {
      return pieces.stream()
          .filter(piece -> piece.release().equals(release))
          .mapToLong(piece -> piece.piece().size())
          .sum();
    }
  }

  public record PlannedPiece(Digest release, Piece piece) {}
}
