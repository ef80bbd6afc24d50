package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Block devices as sysfs shows them: disks, their partitions, and what is built on top of those
/// (LVM, encryption, RAID). A device is named by its folder, with links resolved.
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

  /// The disk, its partitions, and everything built on them.
  Set<Path> above(Path disk) throws IOException {
    Set<Path> seen = new LinkedHashSet<>();
    ArrayDeque<Path> open = new ArrayDeque<>(List.of(disk));
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

  List<Path> slaves(Path device) throws IOException {
    return children(device.resolve("slaves"));
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
