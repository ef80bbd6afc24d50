package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A block device of the kernel whose medium is a test's own: a loop device on a file that QEMU's
/// storage daemon shows through FUSE and takes from an [NbdServer].
///
/// @param device `/dev/loop…`
record FaultyDrive(Medium medium, NbdServer server, Process daemon, Path file, String device)
    implements AutoCloseable {
  private static final long SECONDS = 20;

  static void needed() {
    Program.needs("qemu-storage-daemon", "losetup", "umount");
    Program.needsRoot();
  }

  /// Plugs it in.
  static FaultyDrive of(Medium medium) throws IOException {
    Path socket = medium.file().resolveSibling(medium.file().getFileName() + ".sock");
    Path file =
        Files.createFile(medium.file().resolveSibling(medium.file().getFileName() + ".dev"));
    NbdServer server = new NbdServer(medium, socket);
    Process daemon =
        new ProcessBuilder(
                List.of(
                    "qemu-storage-daemon",
                    "--blockdev",
                    "driver=nbd,node-name=medium,server.type=unix,server.path=" + socket,
                    "--export",
                    "type=fuse,id=drive,node-name=medium,writable=on,mountpoint=" + file))
            .redirectErrorStream(true)
            .redirectOutput(
                medium.file().resolveSibling(medium.file().getFileName() + ".log").toFile())
            .start();
    await(daemon, file, medium.size());
    String device =
        Program.run("losetup", "-f", "--show", "--direct-io=on", file).well().out().strip();
    return new FaultyDrive(medium, server, daemon, file, device);
  }

  private static void await(Process daemon, Path file, long size) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (Files.size(file) != size) {
      if (!daemon.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("qemu-storage-daemon does not show " + file);
      }
      pause(daemon, 20);
    }
  }

  /// Whatever is asked of it fails from now on.
  void pullOut() {
    try {
      server.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    pullOut();
    Program.run("losetup", "-d", device);
    daemon.destroy();
    pause(daemon, TimeUnit.SECONDS.toMillis(SECONDS));
    daemon.destroyForcibly();
    Program.run("umount", "-l", file);
  }

  private static void pause(Process daemon, long millis) {
    try {
      daemon.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
