package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small file system of its own, mounted for one test. Needs root.
record Mount(Path folder) implements AutoCloseable {

  /// @param options of tmpfs, such as `size=8m`
  static Mount memory(Path folder, String options) throws IOException {
    return mount(folder, "-t", "tmpfs", "-o", options, "tmpfs");
  }

  /// An ext4 of this many MiB on a loop device.
  static Mount ext4(Path folder, int size) throws IOException {
    Program.needs("mkfs.ext4", "losetup");
    Path image = folder.resolveSibling(folder.getFileName() + ".ext4");
    Program.run("truncate", "-s", size + "M", image).well();
    Program.run("mkfs.ext4", "-q", "-F", "-m", "0", image).well();
    return mount(folder, "-o", "loop", image.toString());
  }

  private static Mount mount(Path folder, String... how) throws IOException {
    Program.needsRoot();
    Files.createDirectories(folder);
    Object[] command = new Object[how.length + 2];
    command[0] = "mount";
    System.arraycopy(how, 0, command, 1, how.length);
    command[how.length + 1] = folder;
    Program.run(command).well();
    return new Mount(folder);
  }

  void change(String options) {
    Program.run("mount", "-o", "remount," + options, folder).well();
  }

  /// Takes all the room there is.
  Path fill() {
    Path filler = folder.resolve("filler");
    Program.run("dd", "if=/dev/zero", "of=" + filler, "bs=4k", "status=none");
    return filler;
  }

  @Override
  public void close() {
    Program.run("umount", folder).well();
  }
}
