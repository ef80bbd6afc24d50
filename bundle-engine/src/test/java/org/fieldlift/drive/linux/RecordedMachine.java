package org.fieldlift.drive.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What sysfs and procfs of a machine say, kept as one text: `path = line` for a file, `path ->
/// path` for a link, and what is known of its disks. The links that sysfs has for every device
/// (`sys/class/block`, `sys/dev/block`) and its file in `dev` are made by themselves.
///
/// @param system disks that must never be writable
/// @param free drives that are
/// @param refused other devices, each with words of its refusal
/// @param entries the tree
record RecordedMachine(
    List<String> system, List<String> free, Map<String, String> refused, List<String> entries) {
  static final List<String> ALL =
      List.of(
          "laptop-lvm-on-luks",
          "raspberry-pi",
          "raid-station",
          "btrfs-over-two-disks",
          "dual-boot",
          "live-stick",
          "card-reader",
          "loop-devices");

  static RecordedMachine named(String name) {
    RecordedMachine machine =
        new RecordedMachine(
            new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (String line : text(name).lines().toList()) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "#" -> {}
        case "system" -> machine.system.addAll(List.of(line.split(" ")).subList(1, words.length));
        case "free" -> machine.free.addAll(List.of(line.split(" ")).subList(1, words.length));
        case "refused" -> machine.refused.put(words[1], words[2]);
        default -> machine.entries.add(line);
      }
    }
    return machine;
  }

  private static String text(String name) {
    try (InputStream in = RecordedMachine.class.getResourceAsStream(name + ".tree")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  BlockTree in(Path root) throws IOException {
    for (String entry : entries) {
      if (entry.contains(" -> ")) {
        String[] link = entry.split(" -> ", 2);
        link(root.resolve(link[0]), root.resolve(link[1]));
      } else {
        String[] file = entry.split(" = ", 2);
        write(root.resolve(file[0]), file[1]);
        if (file[0].endsWith("/dev")) {
          device(root, root.resolve(file[0].substring(0, file[0].length() - 4)), file[1]);
        }
      }
    }
    return new BlockTree(root);
  }

  private static void device(Path root, Path folder, String number) throws IOException {
    String name = folder.getFileName().toString();
    link(root.resolve("sys/class/block").resolve(name), folder);
    link(root.resolve("sys/dev/block").resolve(number), folder);
    write(root.resolve("dev").resolve(name), "");
  }

  private static void write(Path file, String line) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void link(Path from, Path to) throws IOException {
    Files.createDirectories(from.resolve("..").normalize());
    Files.createSymbolicLink(from, to);
  }

  static Optional<Refusal> refusal(BlockTree tree, String name) throws IOException {
    Optional<Path> device = tree.file("/dev/" + name);
    if (device.isEmpty()) return Optional.of(Refusal.another("not there"));
    return new SafetyRules(tree).refusal(device.get(), "/dev/" + name);
  }
}
