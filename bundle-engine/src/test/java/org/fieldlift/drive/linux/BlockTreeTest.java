package org.fieldlift.drive.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockTreeTest {
  @TempDir Path root;

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
