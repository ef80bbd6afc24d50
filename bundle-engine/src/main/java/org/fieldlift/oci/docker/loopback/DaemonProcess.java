package org.fieldlift.oci.docker.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The program behind a socket: the one called `dockerd` that holds the socket open to listen.
///
/// The kernel tells a client who made the socket, but with systemd's socket activation that is
/// systemd; a pid file may be old. The kernel's list of open files is neither.
///
/// @param config its `daemon.json`, which `--config-file` may have put anywhere
/// @param hasMirrorFlag true when its command line names mirrors; then it takes none from its file
record DaemonProcess(long pid, Path config, boolean hasMirrorFlag) {
  private static final String NAME = "dockerd";
  private static final String CONFIG_FLAG = "--config-file";
  private static final String MIRROR_FLAG = "--registry-mirror";
  private static final Path CONFIG = Path.of("/etc/docker/daemon.json");

  /// `SO_ACCEPTCON` of `/proc/net/unix`.
  private static final long LISTENS = 0x10000;

  private static final int PATH_COLUMN = 7;
  private static final int INODE_COLUMN = 6;
  private static final int FLAGS_COLUMN = 3;

  /// @param proc the kernel's list of processes
  /// @throws Problem when there is none, or it does not see the files and the network that we see
  static DaemonProcess behind(Path socket, Path proc) throws IOException {
    Set<String> sockets = listening(socket, proc);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : all) {
        if (isDaemon(process) && holds(process, sockets)) return of(process, proc);
      }
    }
    throw Problem.failed(
        "The program behind " + PlainText.of(socket.toString()) + " cannot be found.",
        "Run this as root on the machine where Docker runs, not in a container.");
  }

  private static DaemonProcess of(Path process, Path proc) throws IOException {
    for (String space : List.of("mnt", "net")) {
      Optional<Path> theirs = link(process.resolve("ns").resolve(space));
      if (theirs.equals(link(proc.resolve("self/ns").resolve(space)))) continue;
      throw Problem.failed(
          "Docker runs in a file system or network of its own, apart from this program's.",
          "Run this where Docker runs, or load by tag with --images=tags.");
    }
    List<String> words = words(process);
    @Nullable String config = null;
    boolean hasMirror = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(CONFIG_FLAG + "=")) config = word.substring(CONFIG_FLAG.length() + 1);
      if (word.equals(CONFIG_FLAG) && i + 1 < words.size()) config = words.get(i + 1);
      hasMirror |= word.equals(MIRROR_FLAG) || word.startsWith(MIRROR_FLAG + "=");
    }
    long pid = Long.parseLong(process.getFileName().toString());
    Path folder = link(process.resolve("cwd")).orElse(Path.of("/"));
    return new DaemonProcess(pid, config == null ? CONFIG : folder.resolve(config), hasMirror);
  }

  /// Inodes of sockets that listen under this path. It may be bound by another name of its folder
  /// (`/run`, `/var/run`).
  private static Set<String> listening(Path socket, Path proc) throws IOException {
    Set<String> found = new HashSet<>();
    Path wanted = real(socket);
    for (String line : Files.readAllLines(proc.resolve("net/unix"), UTF_8)) {
      String[] columns = line.strip().split(" +", PATH_COLUMN + 1);
      if (columns.length <= PATH_COLUMN || !columns[PATH_COLUMN].startsWith("/")) continue;
      boolean listens = (Long.parseLong(columns[FLAGS_COLUMN], 16) & LISTENS) != 0;
      if (listens && real(Path.of(columns[PATH_COLUMN])).equals(wanted)) {
        found.add("socket:[" + columns[INODE_COLUMN] + "]");
      }
    }
    return found;
  }

  private static Path real(Path socket) {
    try {
      return socket.toRealPath();
    } catch (IOException gone) {
      return socket;
    }
  }

  private static boolean isDaemon(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals(NAME);
    } catch (IOException ended) {
      return false;
    }
  }

  private static boolean holds(Path process, Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : open) {
        if (link(each).filter(file -> sockets.contains(file.toString())).isPresent()) return true;
      }
    } catch (IOException notOurs) {
      return false;
    }
    return false;
  }

  private static List<String> words(Path process) throws IOException {
    String line = new String(Files.readAllBytes(process.resolve("cmdline")), UTF_8);
    return new ArrayList<>(List.of(line.split("\0")));
  }

  private static Optional<Path> link(Path path) {
    try {
      return Optional.of(Files.readSymbolicLink(path));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
