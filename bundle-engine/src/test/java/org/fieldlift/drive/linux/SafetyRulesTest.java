package org.fieldlift.drive.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SafetyRulesTest {
  static final List<String> MACHINES = RecordedMachine.ALL;

  @TempDir Path root;

  @ParameterizedTest
  @FieldSource("MACHINES")
  void everyDeviceOfARecordedMachineIsJudgedRightly(String name) throws IOException {
    RecordedMachine machine = RecordedMachine.named(name);
    BlockTree tree = machine.in(root);
    for (String disk : machine.system()) {
      assertThat(RecordedMachine.refusal(tree, disk)).as("system disk %s", disk).isPresent();
    }
    for (String drive : machine.free()) {
      assertThat(RecordedMachine.refusal(tree, drive)).as("drive %s", drive).isEmpty();
    }
    for (var refused : machine.refused().entrySet()) {
      assertThat(RecordedMachine.refusal(tree, refused.getKey()))
          .as(refused.getKey())
          .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains(refused.getValue()));
    }
  }

  /// Leaves out one entry of sysfs after the other, as a kernel without that attribute would.
  @ParameterizedTest
  @FieldSource("MACHINES")
  void noMissingAttributeEverMakesASystemDiskWritable(String name) throws IOException {
    RecordedMachine machine = RecordedMachine.named(name);
    BlockTree tree = machine.in(root);
    Path aside = root.resolve("aside");
    for (String entry : machine.entries()) {
      if (!entry.startsWith("sys/")) continue;
      if (name.startsWith("btrfs") && entry.contains("/devices/sdb")) continue; // its only trace
      Path path = root.resolve(entry.split(" ", 2)[0]);
      Files.move(path, aside);
      for (String disk : machine.system()) {
        assertThat(RecordedMachine.refusal(tree, disk))
            .as("%s without %s", disk, entry)
            .isPresent();
      }
      Files.move(aside, path);
    }
  }

  @Test
  void aMountOrSwapSpaceOfAnUnknownDiskRefusesEverything() throws IOException {
    BlockTree tree = RecordedMachine.named("dual-boot").in(root);
    Path mounts = root.resolve("proc/self/mountinfo");
    String known = Files.readString(mounts);
    Files.writeString(mounts, known + "40 28 8:99 / /data rw - ext4 /dev/sdg3 rw\n");
    assertThat(RecordedMachine.refusal(tree, "sdb"))
        .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains("/data"));
    Files.writeString(mounts, known + "40 28 8:99 / /media/a/PULLED rw - vfat /dev/sdg1 rw\n");
    assertThat(RecordedMachine.refusal(tree, "sdb")).isEmpty();
    Files.writeString(root.resolve("proc/swaps"), "Filename\n/dev/sdg2 partition 1 0 -2\n");
    assertThat(RecordedMachine.refusal(tree, "sdb"))
        .hasValueSatisfying(refusal -> assertThat(refusal.why()).contains("/dev/sdg2"));
  }

  @Test
  void everyRefusalSaysWhyAndWhatToDoInOneSentenceEach() throws IOException {
    for (String name : RecordedMachine.ALL) {
      RecordedMachine machine = RecordedMachine.named(name);
      BlockTree tree = machine.in(Files.createTempDirectory(root, name));
      List<String> devices = new ArrayList<>(machine.system());
      devices.addAll(machine.refused().keySet());
      for (String device : devices) {
        Refusal refusal = RecordedMachine.refusal(tree, device).orElseThrow();
        assertThat(refusal.why()).startsWith("/dev/" + device + " ").endsWith(".");
        assertThat(refusal.next()).endsWith(".");
      }
    }
  }

  @Test
  void theWordsNameWhatWouldBeLost() throws IOException {
    RecordedMachine laptop = RecordedMachine.named("laptop-lvm-on-luks");
    Refusal refusal = RecordedMachine.refusal(laptop.in(root), "nvme0n1").orElseThrow();
    assertThat(refusal)
        .isEqualTo(
            new Refusal(
                "/dev/nvme0n1 belongs to this computer: / is on it.", "Choose another drive."));
  }

  @Test
  void anUnreadableListOfMountsRefusesEverything() throws IOException {
    RecordedMachine laptop = RecordedMachine.named("laptop-lvm-on-luks");
    BlockTree tree = laptop.in(root);
    Path mounts = root.resolve("proc/self/mountinfo");
    Files.writeString(mounts, "28 1 253:1 / / rw\n");
    assertThatThrownBy(() -> RecordedMachine.refusal(tree, "sdb")).isInstanceOf(Problem.class);
    Files.delete(mounts);
    assertThatThrownBy(() -> RecordedMachine.refusal(tree, "sdb")).isInstanceOf(IOException.class);
  }

  @Test
  void aDiskWhoseNameBeginsWithAnothersIsNotTakenForIt() throws IOException {
    RecordedMachine machine = RecordedMachine.named("dual-boot");
    List<String> more = new ArrayList<>(machine.entries());
    String usb = "sys/devices/pci0000:00/0000:00:14.0/usb2/2-9/host9/block/sdaa";
    more.addAll(List.of(usb + "/dev = 65:160", usb + "/size = 60063744", usb + "/ro = 0"));
    BlockTree tree = new RecordedMachine(List.of(), List.of(), machine.refused(), more).in(root);
    assertThat(RecordedMachine.refusal(tree, "sda")).isPresent();
    assertThat(RecordedMachine.refusal(tree, "sdaa")).isEmpty();
  }
}
