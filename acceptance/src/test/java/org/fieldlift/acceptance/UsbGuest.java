package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/// A Debian kernel in a virtual machine with drives on its USB bus. It mounts each one read-only,
/// hashes every file, then writes to it.
///
/// The machine is emulated (QEMU's TCG), so it runs wherever the tests do.
final class UsbGuest {
  private static final int SECONDS_TO_END = 280;

  private UsbGuest() {}

  /// A drive to plug in.
  ///
  /// @param serial its USB serial number
  /// @param adapter QEMU's `usb-bot` (bulk-only transport) or `usb-uas` (USB attached SCSI)
  record Stick(String serial, Path image, String adapter, int sectorSize) {}

  /// What the kernel found on one drive.
  ///
  /// @param hardware the driver that took it, bytes per sector, and whether it is removable
  /// @param read what is to be known of every file ([Digests#facts]) before anything was written
  /// @param wrote path → SHA-256 of what the guest added
  record Found(String hardware, Map<String, String> read, Map<String, String> wrote) {
    /// Every file that must be there afterwards.
    Map<String, String> afterwards() {
      Map<String, String> all = new TreeMap<>(read);
      all.putAll(wrote);
      return all;
    }
  }

  /// @param drives by serial number
  /// @param log the kernel's own words
  record Report(Map<String, Found> drives, List<String> log) {
    Found on(Stick stick) {
      return found(drives, stick.serial());
    }
  }

  /// Skips the test, saying why, where the machine or its kernel is missing.
  static void needed() {
    Program.needs("qemu-system-x86_64", "modprobe", "cpio", "busybox", "timeout");
    Assumptions.assumeTrue(
        Files.isDirectory(kernel()), "no kernel in " + kernel() + "; .ci/run unpacks Debian's");
  }

  /// Boots with these drives and waits for the end.
  static Report boot(List<Stick> sticks, Path folder) throws IOException {
    Path console = folder.resolve("console.txt");
    Path report = folder.resolve("report.txt");
    List<Object> command =
        new ArrayList<>(
            // Ends the machine even if nobody is left to end it.
            List.of("timeout", "--kill-after=5", SECONDS_TO_END, "qemu-system-x86_64"));
    command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-smp", 2, "-m", 512));
    command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
    command.addAll(List.of("-serial", "file:" + console, "-serial", "file:" + report));
    command.addAll(List.of("-kernel", image(), "-initrd", new Initramfs(kernel()).build(folder)));
    command.addAll(List.of("-append", "console=ttyS0 quiet panic=-1 drives=" + sticks.size()));
    command.addAll(List.of("-device", "qemu-xhci,p2=15,p3=15"));
    for (Stick stick : sticks) command.addAll(plug(stick));
    Program.Said said = Program.run(command.toArray());
    assertThat(report).as(said.toString()).exists();
    assertThat(Files.readString(report))
        .as("%s%n%s%n%s", said, "console:", Files.readString(console))
        .endsWith("\nend\n")
        .doesNotContain("fault\t");
    return parse(Files.readAllLines(report));
  }

  private static List<Object> plug(Stick stick) {
    String id = stick.serial();
    return List.of(
        "-drive",
        "if=none,format=raw,id=%s,file=%s".formatted(id, stick.image()),
        "-device",
        "%s,id=usb-%s,serial=%s".formatted(stick.adapter(), id, id),
        "-device",
        "scsi-hd,bus=usb-%s.0,drive=%s,removable=on,logical_block_size=%d,physical_block_size=%d"
            .formatted(id, id, stick.sectorSize(), stick.sectorSize()));
  }

  private static Report parse(List<String> lines) {
    Map<String, Found> drives = new TreeMap<>();
    List<String> log = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split("\t", 5);
      switch (parts[0]) {
        case "drive" ->
            drives.put(
                parts[1],
                new Found(
                    parts[2] + " " + parts[3] + " " + parts[4], new TreeMap<>(), new TreeMap<>()));
        case "read" -> found(drives, parts[1]).read().put(parts[3], parts[2]);
        case "wrote" -> found(drives, parts[1]).wrote().put(parts[3], parts[2]);
        case "log" -> log.add(parts[1]);
        default -> {}
      }
    }
    return new Report(drives, log);
  }

  private static Found found(Map<String, Found> drives, String serial) {
    return Objects.requireNonNull(drives.get(serial), serial);
  }

  private static Path kernel() {
    String parts = System.getenv("FIELDLIFT_PARTS");
    Path folder =
        parts == null
            ? Path.of(System.getProperty("user.home"), ".cache/fieldlift-parts")
            : Path.of(parts);
    return folder.resolve("kernel");
  }

  private static Path image() throws IOException {
    try (var files = Files.list(kernel().resolve("boot"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("vmlinuz-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
