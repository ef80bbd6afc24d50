package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kernel's list of processes with a daemon in it.
public record FakeProc(Path folder) {
  public static final long PID = 321;

  /// @param socket where the daemon listens
  /// @param words of its command line
  public static FakeProc with(Path folder, Path socket, String... words) throws IOException {
    FakeProc proc = new FakeProc(folder);
    Files.createDirectories(folder.resolve("net"));
    Files.writeString(
        folder.resolve("net/unix"),
        """
        Num       RefCount Protocol Flags    Type St Inode Path
        0000: 00000002 00000000 00010000 0001 01 77 /run/other.sock
        0000: 00000003 00000000 00000000 0001 03 78 %s
        0000: 00000002 00000000 00010000 0001 01 79 %s
        0000: 00000003 00000000 00000000 0001 03 80
        """
            .formatted(socket, socket));
    proc.process("self", "java", 5);
    proc.process("1", "systemd", 79);
    proc.process("320", "dockerd", 77);
    proc.process(Long.toString(PID), "dockerd", 79);
    Files.writeString(folder.resolve(PID + "/cmdline"), String.join("\0", words) + "\0");
    return proc;
  }

  /// Moves the daemon to a place of its own.
  public void apart(String space) throws IOException {
    Path link = folder.resolve(PID + "/ns").resolve(space);
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of(space + ":[999]"));
  }

  private void process(String name, String comm, int inode) throws IOException {
    Path process = folder.resolve(name);
    Files.createDirectories(process.resolve("fd"));
    Files.createDirectories(process.resolve("ns"));
    Files.writeString(process.resolve("comm"), comm + "\n");
    Files.writeString(process.resolve("cmdline"), comm + "\0");
    Files.createSymbolicLink(process.resolve("fd/3"), Path.of("socket:[" + inode + "]"));
    Files.createSymbolicLink(process.resolve("cwd"), folder.resolve("srv"));
    for (String space : new String[] {"mnt", "net"}) {
      Files.createSymbolicLink(process.resolve("ns").resolve(space), Path.of(space + ":[1]"));
    }
  }
}
