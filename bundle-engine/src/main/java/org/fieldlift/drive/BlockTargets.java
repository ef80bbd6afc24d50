package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.fieldlift.drive.linux.LinuxDisk;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.Content;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Opens drives for writing, after every safety rule has been asked.
public final class BlockTargets {
  /// How long one read may take; systems give up on their own after about half of it.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private BlockTargets() {}

  /// Makes a virtual drive: a sparse regular file. Refuses anything that exists, unless it is a
  /// virtual drive of the same size.
  ///
  /// A file that exists is a virtual drive only if its first MiB is blank or holds the partition
  /// table Fieldlift writes; a file with other contents is never touched.
  ///
  /// @param size rounded down to whole sectors
  /// @param sectorSize 512 or 4096
  public static void createVirtual(Path file, long size, int sectorSize) throws IOException {
    VirtualDrive.create(file, size, sectorSize);
  }

  /// Opens a virtual drive (regular file) or a Linux block device (`/dev/…`) exclusively.
  ///
  /// @throws org.fieldlift.io.Problem of kind DRIVE: a mounted or system disk, a partition, a disk
  ///   in use, read-only media, no permission; each with its reason
  public static BlockTarget open(Path drive) throws IOException {
    Path real = resolved(drive);
    if (!Files.isRegularFile(real)) return open(disk(real), real);
    VirtualDrive virtual = VirtualDrive.at(real);
    Optional<Problem> refusal = refusal(virtual);
    if (refusal.isPresent()) throw refusal.get();
    return virtual.open();
  }

  /// Holds the disk before it is claimed: what the kernel calls busy may pass, but a disk that this
  /// process writes itself would be waited for and then written a second time.
  private static BlockTarget open(LinuxDisk disk, Path real) throws IOException {
    HeldDrives.Hold hold = HeldDrives.hold(disk.key(), real);
    try {
      return disk.open(hold::release);
    } catch (IOException | RuntimeException e) {
      hold.release();
      throw e;
    }
  }

  /// A drive's bytes as they are now, for whoever only looks.
  ///
  /// Reading throws a [Problem] of kind DRIVE when the device does not answer or this process
  /// writes it, and one with a [DeviceError] as its cause when it refuses.
  public static Content content(Path drive) throws IOException {
    TargetFacts facts = look(drive);
    Content content = Content.of(facts.path(), facts.size());
    return facts.isVirtual()
        ? new UnheldContent(content, facts.key(), facts.path())
        : new PatientContent(content, shown(drive), PATIENCE);
  }

  private record UnheldContent(Content content, Object key, Path drive) implements Content {
    @Override
    public long size() {
      return content.size();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
      HeldDrives.look(
          key,
          drive,
          () -> {
            content.read(offset, into);
            return into;
          });
    }
  }

  /// What can be known of a drive without opening it for writing.
  public static TargetFacts look(Path drive) throws IOException {
    Path real = resolved(drive);
    if (!Files.isRegularFile(real)) return facts(disk(real), real);
    VirtualDrive virtual = VirtualDrive.at(real);
    Optional<Problem> refusal = refusal(virtual);
    int sectorSize = refusal.isPresent() ? 512 : virtual.sectorSizeNow();
    return new TargetFacts(
        real,
        virtual.key(),
        true,
        virtual.size(),
        sectorSize,
        VirtualDrive.MODEL,
        "",
        refusal.map(Problem::what).orElse(""),
        refusal.map(Problem::next).orElse(""));
  }

  private static TargetFacts facts(LinuxDisk disk, Path real) throws IOException {
    if (!HeldDrives.isHeld(disk.key())) return disk.facts();
    return disk.facts(HeldDrives.taken(real));
  }

  /// What [#createVirtual] would make.
  ///
  /// @throws Problem of kind USAGE when it cannot be made there, or not of that size
  public static TargetFacts foresee(Path file, long size, int sectorSize) throws IOException {
    return VirtualDrive.foresee(file, size, sectorSize);
  }

  /// Follows links first, so that the rules judge what would really be written.
  private static Path resolved(Path drive) throws IOException {
    if (!Files.exists(drive)) {
      throw Problem.drive(
          "There is no drive at " + shown(drive) + ".", "Plug it in, or check the path.");
    }
    return drive.toRealPath();
  }

  private static LinuxDisk disk(Path real) throws IOException {
    if (!isLinux()) throw notADrive(real);
    return LinuxDisk.at(real);
  }

  private static Optional<Problem> refusal(VirtualDrive virtual) throws IOException {
    Optional<Problem> refusal = virtual.refusal();
    return refusal.isPresent() || !isLinux() ? refusal : LinuxDisk.use(virtual.file());
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  static Problem notADrive(Path path) {
    return Problem.drive(
        shown(path) + " is neither a disk nor a virtual drive.", "Choose a drive from the list.");
  }

  static String shown(Path path) {
    return PlainText.of(path.toString());
  }
}
