package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Block devices as sysfs shows them: disks, their partitions, what is built on top of those (LVM,
/// encryption, RAID), and the files that loop devices stand for. A device is named by its folder,
/// with links resolved.
///
/// @param root `/`, or a copy of its `sys`, `proc` and `dev` in tests
record BlockTree(Path root) {

  /// The device with this `major:minor`.
  Optional<Path> numbered(String number) throws IOException {
    return existing(root.resolve("sys/dev/block").resolve(number));
  }

  /// The device behind a device file.
  Optional<Path> file(String path) throws IOException {
    Optional<Path> node = existing(root.resolve(path.substring(1)));
    if (node.isEmpty()) return Optional.empty();
    Path name = root.toRealPath().resolve("dev").relativize(node.get());
    // "/" in a kernel name is "!" in sysfs
    return existing(root.resolve("sys/class/block").resolve(name.toString().replace('/', '!')));
  }

  /// All devices that belong to a Btrfs file system in use; mountinfo names only one of them.
  List<Path> btrfs() throws IOException {
    List<Path> members = new ArrayList<>();
    for (Path system : children(root.resolve("sys/fs/btrfs"))) {
      members.addAll(children(system.resolve("devices")));
    }
    return members;
  }

  boolean isPartition(Path device) {
    return Files.exists(device.resolve("partition"));
  }

  /// The path that a loop device stands for, as the kernel says it; empty for every other device.
  String standsFor(Path device) {
    return attribute(device, "loop/backing_file");
  }

  /// What a device is known by under all its names: its number, or for a loop device the file it
  /// stands for. Two of them may show different parts of one file, and still write into it both.
  Object key(Path device) throws IOException {
    String file = standsFor(device);
    if (file.isEmpty()) return attribute(device, "dev");
    Optional<Path> there = backing(device);
    return there.isPresent() ? fileKey(there.get()) : file;
  }

  /// What a loop device stands for, as far as it can be seen; empty for every other device.
  Optional<Path> backing(Path device) throws IOException {
    String file = standsFor(device);
    try {
      return file.isEmpty() ? Optional.empty() : existing(root.resolve(file.substring(1)));
    } catch (InvalidPathException notOfThisLocale) {
      return Optional.empty();
    }
  }

  /// The loop devices over a file.
  List<Path> loops(Object key) throws IOException {
    List<Path> loops = new ArrayList<>();
    for (Path device : children(root.resolve("sys/class/block"))) {
      if (!standsFor(device).isEmpty() && key(device).equals(key)) loops.add(device);
    }
    return loops;
  }

  /// The disk, or all the loop devices over its file.
  List<Path> twins(Path disk) throws IOException {
    List<Path> loops = loops(key(disk));
    return loops.isEmpty() ? List.of(disk) : loops;
  }

  static Object fileKey(Path file) throws IOException {
    @Nullable Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? file : key;
  }

  /// The disk and its twins, their partitions, and everything built on them.
  Set<Path> above(Path disk) throws IOException {
    Set<Path> seen = new LinkedHashSet<>();
    ArrayDeque<Path> open = new ArrayDeque<>(twins(disk));
    while (!open.isEmpty()) {
      Path device = open.remove();
      if (!seen.add(device)) continue;
      open.addAll(holders(device));
      for (Path child : children(device)) if (isPartition(child)) open.add(child);
    }
    return seen;
  }

  /// The device, the disk it is a part of, and everything those are built on.
  Set<Path> below(Path device) throws IOException {
    Set<Path> seen = new LinkedHashSet<>();
    ArrayDeque<Path> open = new ArrayDeque<>(List.of(device));
    while (!open.isEmpty()) {
      Path next = open.remove();
      if (!seen.add(next)) continue;
      open.addAll(slaves(next));
      Path parent = next.getParent();
      if (isPartition(next) && parent != null) open.add(parent);
    }
    return seen;
  }

  List<Path> holders(Path device) throws IOException {
    return children(device.resolve("holders"));
  }

  /// The kernel names none for a loop device over another device.
  List<Path> slaves(Path device) throws IOException {
    List<Path> slaves = new ArrayList<>(children(device.resolve("slaves")));
    String backing = standsFor(device);
    if (backing.startsWith("/dev/")) file(backing).ifPresent(slaves::add);
    return slaves;
  }

  /// A small file below a device's folder; empty when it is missing.
  String attribute(Path device, String name) {
    try {
      return new String(Files.readAllBytes(device.resolve(name)), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return ""; // every rule takes a missing attribute for a reason to refuse
    }
  }

  /// The serial number of the device or of what it is built into, as far up as a card reader or a
  /// hub; empty when none has one.
  String serial(Path device) {
    for (Path at = device; at != null; at = at.getParent()) {
      String serial = attribute(at, "serial");
      if (!serial.isEmpty()) return serial;
    }
    return "";
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    List<Path> children = new ArrayList<>();
    try (var names = Files.newDirectoryStream(folder)) {
      for (Path name : names) existing(name).ifPresent(children::add);
    }
    return children;
  }

  private static Optional<Path> existing(Path path) throws IOException {
    return Files.exists(path) ? Optional.of(path.toRealPath()) : Optional.empty();
  }
}
