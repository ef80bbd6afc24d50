package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// A block device of the kernel whose medium is a test's own: a loop device on a [FuseFile].
///
/// QEMU's storage daemon could show such a file as well, but its FUSE export (7.2) mixes up writes
/// that arrive together.
///
/// @param device `/dev/loop…`
record FaultyDrive(Medium medium, FuseFile file, String device) implements AutoCloseable {
  static void needed() {
    Program.needs("losetup", "umount");
    Program.needsRoot();
    Assumptions.assumeTrue(Files.isReadable(Path.of("/dev/fuse")), "this kernel has no FUSE");
  }

  /// Plugs it in.
  static FaultyDrive of(Medium medium) throws IOException {
    Path path =
        Files.createFile(medium.file().resolveSibling(medium.file().getFileName() + ".dev"));
    FuseFile file = new FuseFile(medium, path);
    String device =
        Program.run("losetup", "-f", "--show", "--direct-io=on", path).well().out().strip();
    return new FaultyDrive(medium, file, device);
  }

  /// Whatever is asked of it fails from now on.
  void pullOut() {
    file.vanish();
  }

  @Override
  public void close() {
    Program.run("losetup", "-d", device);
    file.close();
  }
}
