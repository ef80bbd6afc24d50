package org.fieldlift.drive.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockTreeTest {
  @TempDir Path root;

  /// Whoever writes one of them writes into the file, and so does whoever writes the file.
  @Test
  void loopDevicesOverOneFileAreOneDriveWithIt() throws IOException {
    BlockTree tree = RecordedMachine.named("loop-devices").in(root);
    Object stick = BlockTree.fileKey(root.resolve("home/ann/stick.img"));
    Object parts = BlockTree.fileKey(root.resolve("home/ann/parts.img"));
    assertThat(keys(tree, "loop2", "loop3")).containsOnly(stick);
    assertThat(keys(tree, "loop4", "loop5")).containsOnly(parts);
    assertThat(keys(tree, "sda", "loop0", "loop1", "loop2", "loop4", "loop6", "loop7"))
        .doesNotHaveDuplicates()
        .contains("8:0", "/home/ann/gone.img (deleted)", "7:7");
    assertThat(tree.loops(stick)).containsExactlyInAnyOrder(loop(tree, 2), loop(tree, 3));
  }

  @Test
  void aLoopDeviceOverADiskIsBuiltOnThatDisk() throws IOException {
    BlockTree tree = RecordedMachine.named("loop-devices").in(root);
    Path disk = tree.file("/dev/sda").orElseThrow();
    assertThat(tree.below(loop(tree, 0))).containsExactly(loop(tree, 0), disk);
  }

  private static Path loop(BlockTree tree, int number) throws IOException {
    return tree.file("/dev/loop" + number).orElseThrow();
  }

  private static List<Object> keys(BlockTree tree, String... names) throws IOException {
    List<Object> keys = new ArrayList<>();
    for (String name : names) keys.add(tree.key(tree.file("/dev/" + name).orElseThrow()));
    return keys;
  }

  /// USB keeps it several folders above the disk, cards and NVMe one or two.
  @Test
  void aSerialNumberIsFoundWhereverTheSystemKeepsIt() throws IOException {
    Path usb = root.resolve("sys/devices/pci0000:00/0000:00:14.0/usb2/2-1");
    Path stick = usb.resolve("2-1:1.0/host0/target0:0:0/0:0:0:0/block/sda");
    Files.createDirectories(stick);
    BlockTree tree = new BlockTree(root);
    assertThat(tree.serial(stick)).isEmpty();
    Files.writeString(usb.resolve("serial"), "4C530001130805113021\n");
    assertThat(tree.serial(stick)).isEqualTo("4C530001130805113021");
    Files.writeString(stick.resolve("serial"), "its own\n");
    assertThat(tree.serial(stick)).isEqualTo("its own");
  }
}
