package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A sparse regular file that stands for a drive.
///
/// Any file a person names could be somebody's only copy of something, so a file counts as a
/// virtual drive only if its first MiB is one of two things: all zeros (new, or writing was cut
/// short), or the partition table Fieldlift writes ([OurTable]) followed by zeros. Zeros in sector
/// 0 alone prove nothing: ISO 9660, ext4 and Btrfs images begin with zeros too, but none for a MiB.
///
/// @param file with links resolved
/// @param size bytes
record VirtualDrive(Path file, Object key, long size) {
  static final String MODEL = "Virtual drive";

  /// Where files stand for devices, and one made by mistake takes memory. Only its `shm` is a place
  /// for files.
  private static final Path DEVICES = Path.of("/dev");

  private static final int HEAD = 1 << 20;
  private static final int LARGEST_SECTOR = 4096;
  private static final String SECTOR_SIZE = "fieldlift.sector-size";

  static VirtualDrive at(Path file) throws IOException {
    Path real = file.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    @Nullable Object key = attributes.fileKey();
    return new VirtualDrive(real, key == null ? real : key, attributes.size());
  }

  /// What a virtual drive that is not there yet would be. Its size is a multiple of its sectors'.
  ///
  /// @throws Problem of kind USAGE when it cannot be one there, or of that size
  static TargetFacts foresee(Path file, long size, int sectorSize) throws IOException {
    Path place = place(file);
    if (place.startsWith(DEVICES) && !place.startsWith(DEVICES.resolve("shm"))) {
      throw Problem.usage(
          "There is no drive at " + BlockTargets.shown(file) + ".",
          "Plug it in, or check the path; a virtual drive is a file outside of " + DEVICES + ".");
    }
    if (size < HEAD) {
      throw Problem.usage(
          "A virtual drive of " + size + " bytes cannot be made.",
          "Choose a size of at least 64 MB.");
    }
    return new TargetFacts(
        place, place, true, size - size % sectorSize, sectorSize, MODEL, "", "", "");
  }

  /// Where a file would lie, with links in its folder resolved as far as that is there.
  private static Path place(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path there = absolute;
    while (there.getParent() != null && !Files.exists(there)) there = there.getParent();
    return there.toRealPath().resolve(there.relativize(absolute).toString());
  }

  static void create(Path file, long atMost, int sectorSize) throws IOException {
    if (sectorSize != 512 && sectorSize != LARGEST_SECTOR) {
      throw new IllegalArgumentException("sectors of " + sectorSize + " bytes");
    }
    long size = foresee(file, atMost, sectorSize).size();
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) throw new IllegalArgumentException("a root is not a file: " + file);
    try {
      Path aside = AtomicFiles.aside(file);
      if (Files.exists(file)) accept(file, size, sectorSize);
      else create(file, aside, parent, size, sectorSize);
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
  }

  private static void create(Path file, Path aside, Path parent, long size, int sectorSize)
      throws IOException {
    Files.createDirectories(parent);
    try {
      extend(aside, size);
      remember(aside, sectorSize);
      AtomicFiles.publishNew(aside, file);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      accept(file, size, sectorSize);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void accept(Path file, long size, int sectorSize) throws IOException {
    if (!Files.isRegularFile(file)) throw BlockTargets.notADrive(file);
    VirtualDrive drive = at(file);
    Optional<Problem> refusal = drive.refusal();
    if (refusal.isPresent()) throw refusal.get();
    int sectors = drive.sectorSizeNow();
    if (drive.size != size || sectors != sectorSize) {
      throw refused(
          BlockTargets.shown(file)
              + " is a virtual drive of another size ("
              + drive.size
              + " bytes, sectors of "
              + sectors
              + ").");
    }
  }

  private static void extend(Path file, long size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.allocate(1), size - 1);
      channel.force(true);
    }
  }

  /// A file has no sectors; 512 is understood, 4096 is kept as an extended attribute.
  private static void remember(Path file, int sectorSize) throws IOException {
    if (sectorSize == 512) return;
    @Nullable UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      if (view == null) throw new UnsupportedOperationException("no such view");
      view.write(SECTOR_SIZE, StandardCharsets.US_ASCII.encode(Integer.toString(sectorSize)));
    } catch (IOException | UnsupportedOperationException e) {
      throw new Problem(
          Problem.Kind.FAILED,
          "The file system of " + file.getParent() + " cannot keep a drive's sector size.",
          "Use sectors of 512 bytes, or another folder.",
          e);
    }
  }

  /// [#sectorSize] of a drive that nobody in this process writes.
  int sectorSizeNow() throws IOException {
    return HeldDrives.look(key, file, this::sectorSize);
  }

  private int sectorSize() throws IOException {
    @Nullable UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) return 512;
    try {
      ByteBuffer value = ByteBuffer.allocate(8);
      view.read(SECTOR_SIZE, value);
      return StandardCharsets.US_ASCII.decode(value.flip()).toString().equals("4096") ? 4096 : 512;
    } catch (IOException | UnsupportedOperationException e) {
      return 512; // never set, as on most virtual drives
    }
  }

  /// Why the file can not be written as a drive; empty when it can.
  Optional<Problem> refusal() throws IOException {
    String name = BlockTargets.shown(file);
    if (HeldDrives.isHeld(key)) return Optional.of(HeldDrives.taken(file));
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      return Optional.of(
          Problem.drive(
              name + " may not be read and written by you.",
              "Change its permissions, or choose another file."));
    }
    if (size < HEAD) return Optional.of(refused(name + " is too small for a drive."));
    if (HeldDrives.look(key, file, this::isBlankOrOurs)) return Optional.empty();
    return Optional.of(refused(name + " is a file with contents that Fieldlift did not write."));
  }

  private boolean isBlankOrOurs() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = read(channel, 0, HEAD);
      if (isBlank(head, 0)) return true;
      ByteBuffer boot = read(channel, OurTable.PARTITION, OurTable.SECTOR);
      return new OurTable(head, boot).isOurs() && isBlank(head, LARGEST_SECTOR);
    }
  }

  /// Zeros where the file has ended.
  private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
    return bytes.clear();
  }

  private static Problem refused(String refusal) {
    return Problem.drive(refusal, "Choose another file name, or remove that file yourself first.");
  }

  private static boolean isBlank(ByteBuffer head, int from) {
    for (int i = from; i < HEAD; i++) if (head.get(i) != 0) return false;
    return true;
  }

  BlockTarget open() throws IOException {
    HeldDrives.Hold hold = HeldDrives.hold(key, file);
    try {
      return FileTarget.open(file, hold, sectorSize());
    } catch (IOException | RuntimeException e) {
      hold.release();
      throw e;
    }
  }
}
