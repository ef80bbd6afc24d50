package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The guest's file system in memory: busybox, the modules of its kernel that a USB drive with FAT
/// needs, and the script that uses them.
///
/// @param kernel folder with `boot/vmlinuz-…` and `lib/modules/…`, as `.ci/run` unpacks it
record Initramfs(Path kernel) {
  private static final List<String> MODULES =
      List.of(
          "xhci-pci",
          "usb-storage",
          "uas",
          "sd_mod",
          "vfat",
          "nls_cp437",
          "nls_ascii",
          "nls_iso8859-1",
          "nls_utf8");

  /// Packs it as the kernel wants it: a cpio archive in the `newc` format.
  Path build(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path programs = Files.createDirectory(root.resolve("bin"));
    Program.run("cp", "/bin/busybox", programs.resolve("busybox")).well();
    Program.run("cp", Program.root().resolve("acceptance/src/test/resources/guest/init"), root)
        .well();
    Path modules = Files.createDirectory(root.resolve("modules"));
    Set<String> order = new LinkedHashSet<>();
    for (String module : MODULES) {
      for (Path file : withWhatItNeeds(module)) order.add(copy(file, modules));
    }
    Files.write(modules.resolve("order"), order);
    Path archive = folder.resolve("initramfs");
    Program.run(
            "sh", "-c", "cd '" + root + "' && find . | cpio -o -H newc --quiet >'" + archive + "'")
        .well();
    return archive;
  }

  /// The file of a module after the files of all it depends on.
  private List<Path> withWhatItNeeds(String module) throws IOException {
    return Program.run(
            "modprobe", "--dirname", kernel, "--set-version", version(), "--show-depends", module)
        .well()
        .out()
        .lines()
        .filter(line -> line.startsWith("insmod "))
        .map(line -> Path.of(line.substring("insmod ".length()).strip()))
        .toList();
  }

  private String version() throws IOException {
    try (var versions = Files.list(kernel.resolve("lib/modules"))) {
      return versions.findFirst().orElseThrow().getFileName().toString();
    }
  }

  /// Debian compresses modules from version 13 on; busybox loads only plain ones.
  private static String copy(Path module, Path folder) {
    Path copy = folder.resolve(module.getFileName());
    String name = copy.getFileName().toString();
    if (Files.exists(folder.resolve(name.replace(".xz", "")))) return name.replace(".xz", "");
    Program.run("cp", module, copy).well();
    if (name.endsWith(".xz")) Program.run("xz", "-d", copy).well();
    return name.replace(".xz", "");
  }
}
