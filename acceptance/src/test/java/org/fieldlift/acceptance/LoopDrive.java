package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A block device of the kernel over a file, with direct I/O. Needs root.
record LoopDrive(Path image, String device) implements AutoCloseable {
  private static final Path THROTTLE = Path.of("/sys/fs/cgroup/blkio");

  /// @param size as `truncate` takes it
  static LoopDrive make(Path image, String size, int sector) {
    Program.needs("losetup");
    Program.needsRoot();
    Program.run("truncate", "-s", size, image).well();
    return over(image, sector);
  }

  /// @param image a file that is there, or another device
  static LoopDrive over(Path image, int sector) {
    String device =
        Program.run("losetup", "-f", "--show", "--direct-io=on", "--sector-size", sector, image)
            .well()
            .out()
            .strip();
    return new LoopDrive(image, device);
  }

  /// Lets processes of this control group write so many bytes a second, as a slow drive would.
  void slowTo(String group, long bytesPerSecond) throws IOException {
    String number = Program.run("lsblk", "-dno", "MAJ:MIN", device).well().out().strip();
    Path folder = Files.createDirectories(THROTTLE.resolve(group));
    Files.writeString(
        folder.resolve("blkio.throttle.write_bps_device"), number + " " + bytesPerSecond);
    Files.writeString(
        folder.resolve("blkio.throttle.read_bps_device"), number + " " + bytesPerSecond);
  }

  static boolean canBeSlow() {
    return Files.exists(THROTTLE.resolve("blkio.throttle.write_bps_device"));
  }

  @Override
  public void close() {
    Program.run("losetup", "-d", device).well();
  }
}
