package org.fieldlift.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A sparse regular file that stands for a drive.
///
/// Any file a person names could be somebody's only copy of something, so a file counts as a
/// virtual drive only if its first MiB is one of two things: all zeros (new, or writing was cut
/// short), or the partition table Fieldlift writes (one FAT32 partition from 4 MiB on, nothing
/// else) followed by zeros. Zeros in sector 0 alone prove nothing: ISO 9660, ext4 and Btrfs images
/// begin with zeros too, but none for a MiB.
///
/// @param file with links resolved
/// @param size bytes
record VirtualDrive(Path file, Object key, long size) {
  static final String MODEL = "Virtual drive";
  private static final int HEAD = 1 << 20;
  private static final int LARGEST_SECTOR = 4096;
  private static final String SECTOR_SIZE = "fieldlift.sector-size";

  static VirtualDrive at(Path file) throws IOException {
    Path real = file.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    @Nullable Object key = attributes.fileKey();
    return new VirtualDrive(real, key == null ? real : key, attributes.size());
  }

  static void create(Path file, long size, int sectorSize) throws IOException {
    if (sectorSize != 512 && sectorSize != LARGEST_SECTOR) {
      throw new IllegalArgumentException("sectors of " + sectorSize + " bytes");
    }
    if (size < HEAD || size % 512 != 0) {
      throw Problem.usage(
          "A virtual drive of " + size + " bytes cannot be made.",
          "Choose a size of at least 64 MB that is a multiple of 512 bytes.");
    }
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
    String refusal = drive.refusal();
    if (!refusal.isEmpty()) throw drive.refused(refusal);
    if (drive.size != size || drive.sectorSize() != sectorSize) {
      throw drive.refused(
          BlockTargets.shown(file)
              + " is a virtual drive of another size ("
              + drive.size
              + " bytes, sectors of "
              + drive.sectorSize()
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

  int sectorSize() throws IOException {
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

  /// Why the file can not be written as a drive, in one sentence; empty when it can.
  String refusal() throws IOException {
    String name = BlockTargets.shown(file);
    if (HeldDrives.isHeld(key)) return name + " is being written already.";
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      return name + " may not be read and written by you.";
    }
    if (size < HEAD) return name + " is too small for a drive.";
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (head.hasRemaining() && channel.read(head, head.position()) >= 0) {}
    }
    if (isBlank(head, 0) || (isOurTable(head) && isBlank(head, LARGEST_SECTOR))) return "";
    return name + " is a file with contents that Fieldlift did not write.";
  }

  Problem refused(String refusal) {
    return Problem.drive(refusal, "Choose another file name, or remove that file yourself first.");
  }

  private static boolean isBlank(ByteBuffer head, int from) {
    for (int i = from; i < HEAD; i++) if (head.get(i) != 0) return false;
    return true;
  }

  private static boolean isOurTable(ByteBuffer head) {
    int first = head.getInt(446 + 8);
    boolean startsAt4MiB = first == 8192 || first == 1024;
    boolean isAlone = true;
    for (int i = 446 + 16; i < 510; i++) isAlone &= head.get(i) == 0;
    return head.getShort(510) == (short) 0xAA55
        && head.get(446) == 0
        && head.get(446 + 4) == 0x0C
        && startsAt4MiB
        && isAlone;
  }

  BlockTarget open() throws IOException {
    HeldDrives.hold(key, file);
    try {
      return FileTarget.open(file, key, sectorSize());
    } catch (IOException | RuntimeException e) {
      HeldDrives.release(key);
      throw e;
    }
  }
}
