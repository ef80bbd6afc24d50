package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.fieldlift.io.PlainText;

/// The rules that keep every disk but the chosen drive from being erased. None can be overridden,
/// and whatever cannot be found out counts against the disk.
record SafetyRules(BlockTree tree) {
  private static final Pattern USB = Pattern.compile("usb\\d+");
  private static final Pattern CARD = Pattern.compile("mmcblk\\d+");
  private static final Pattern LOOP = Pattern.compile("loop\\d+");
  private static final Pattern DISC = Pattern.compile("sr\\d+|fd\\d+");

  /// Asks every rule, the gravest first.
  ///
  /// @param device its folder in sysfs
  /// @param name for people
  Optional<Refusal> refusal(Path device, String name) throws IOException {
    if (tree.isPartition(device)) {
      String disk = device.getParent() == null ? "" : device.getParent().getFileName().toString();
      return Optional.of(
          new Refusal(
              name + " is only a partition of a disk.",
              "Choose the whole disk, "
                  + PlainText.of("/dev/" + disk)
                  + ", if that is the drive."));
    }
    Optional<Refusal> use = use(device, name);
    return use.isPresent() ? use : nature(device, name);
  }

  /// Looks from both ends, from the disk up to its holders and from each mount down to its disks,
  /// so that one missing link does not hide a system disk.
  Optional<Refusal> use(Path disk, String name) throws IOException {
    List<Path> twins = tree.twins(disk);
    Set<Path> above = tree.above(disk);
    List<Mount> mounts = Mount.parse(lines("proc/self/mountinfo"));
    List<Mount> own = new ArrayList<>();
    for (Mount mount : mounts) {
      List<Path> devices = devices(mount);
      if (carries(above, disk, devices)) own.add(mount);
      if (devices.isEmpty() && mount.isOnDisk() && !mount.isForeignDrive()) {
        return Optional.of(unknown(name, PlainText.of(mount.point())));
      }
    }
    for (Mount mount : own) {
      if (!mount.isForeignDrive()) {
        return Optional.of(
            Refusal.another(
                name + " belongs to this computer: " + PlainText.of(mount.point()) + " is on it."));
      }
    }
    for (String swap : Swaps.devices(lines("proc/swaps"))) {
      List<Path> devices = tree.file(swap).stream().toList();
      if (devices.isEmpty()) return Optional.of(unknown(name, PlainText.of(swap)));
      if (carries(above, disk, devices)) {
        return Optional.of(Refusal.another(name + " holds this computer's swap space."));
      }
    }
    if (!own.isEmpty()) {
      String point = PlainText.of(own.getFirst().point());
      return Optional.of(
          new Refusal(
              name + " is mounted at " + point + ".",
              "Save what you need from it and unmount it (umount " + point + "), then try again."));
    }
    if (carries(above, disk, tree.btrfs())) {
      return Optional.of(Refusal.another(name + " is part of a Btrfs file system in use."));
    }
    return above.stream()
        .filter(device -> twins.stream().noneMatch(device::startsWith))
        .findFirst()
        .map(holder ->
            Refusal.another(
                name
                    + " is part of "
                    + PlainText.of("/dev/" + holder.getFileName())
                    + ", which is in use."));
  }

  private static Refusal unknown(String name, String used) {
    return new Refusal(
        name + " may belong to this computer: nobody can tell which disk carries " + used + ".",
        "If the disk of " + used + " is gone, let go of it (umount, swapoff), then try again.");
  }

  private List<Path> devices(Mount mount) throws IOException {
    List<Path> devices = new ArrayList<>();
    tree.numbered(mount.number()).ifPresent(devices::add);
    if (mount.source().startsWith("/dev/")) tree.file(mount.source()).ifPresent(devices::add);
    return devices;
  }

  private boolean carries(Set<Path> above, Path disk, List<Path> used) throws IOException {
    for (Path device : used) {
      if (above.contains(device)) return true;
      for (Path base : tree.below(device)) if (base.startsWith(disk)) return true;
    }
    return false;
  }

  private Optional<Refusal> nature(Path disk, String name) throws IOException {
    if (!tree.slaves(disk).isEmpty()) {
      return Optional.of(Refusal.another(name + " is made of other disks."));
    }
    Optional<Path> backing = tree.backing(disk);
    if (backing.isPresent() && !Files.isRegularFile(backing.get())) {
      return Optional.of(
          Refusal.another(
              name
                  + " stands for "
                  + PlainText.of(backing.get().toString())
                  + ", which is not a file."));
    }
    if (!isPluggable(disk)) {
      return Optional.of(
          Refusal.another(name + " is built into this computer, not a drive to be carried away."));
    }
    boolean isSpareLoop = isLoop(disk) && tree.standsFor(disk).isEmpty();
    if (isSpareLoop || !tree.attribute(disk, "size").matches("0*[1-9]\\d*")) {
      return Optional.of(
          new Refusal(name + " is empty or has no size.", "Insert a card, or use another drive."));
    }
    if (!tree.attribute(disk, "ro").equals("0")) {
      return Optional.of(
          new Refusal(
              name + " is write-protected.",
              "Slide its write-protect switch, or use another drive."));
    }
    return Optional.empty();
  }

  /// USB drives, cards (an eMMC chip is soldered in and says "MMC"), removable media, and loop
  /// devices, which are files somebody attached on purpose.
  private boolean isPluggable(Path disk) {
    String kernel = disk.getFileName().toString();
    if (DISC.matcher(kernel).matches()) return false;
    if (isLoop(disk)) return true;
    if (CARD.matcher(kernel).matches()) return tree.attribute(disk, "device/type").equals("SD");
    for (Path part : disk) if (USB.matcher(part.toString()).matches()) return true;
    return tree.attribute(disk, "removable").equals("1");
  }

  private static boolean isLoop(Path disk) {
    return LOOP.matcher(disk.getFileName().toString()).matches();
  }

  private List<String> lines(String path) throws IOException {
    byte[] bytes = Files.readAllBytes(tree.root().resolve(path));
    return List.of(new String(bytes, StandardCharsets.UTF_8).split("\n"));
  }
}
