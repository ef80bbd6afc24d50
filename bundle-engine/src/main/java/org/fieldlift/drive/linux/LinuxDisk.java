package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.Rights;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A whole disk of a Linux machine.
public final class LinuxDisk {
  private static final int FILE_TYPE = 0xF000;
  private static final int BLOCK_DEVICE = 0x6000;
  private static final int SYSFS_SECTOR = 512;
  private static final int TRIES = 6;

  private final Path node;
  private final BlockTree tree;
  private final Path device;
  private final String number;

  private LinuxDisk(Path node, BlockTree tree, Path device, String number) {
    this.node = node;
    this.tree = tree;
    this.device = device;
    this.number = number;
  }

  /// The disk behind a device file.
  ///
  /// @param node with links resolved
  /// @throws Problem of kind DRIVE when it is no block device
  public static LinuxDisk at(Path node) throws IOException {
    BlockTree tree = new BlockTree(Path.of("/"));
    String number = number(node);
    Path device = tree.numbered(number).orElseThrow(() -> Errno.refusal(Errno.ENODEV, node));
    return new LinuxDisk(node, tree, device, number);
  }

  private static String number(Path node) throws IOException {
    int mode = (int) Files.getAttribute(node, "unix:mode");
    if ((mode & FILE_TYPE) != BLOCK_DEVICE) {
      throw Problem.drive(
          name(node) + " is neither a disk nor a virtual drive.", "Choose a drive from the list.");
    }
    return DeviceNumber.text((long) Files.getAttribute(node, "unix:rdev"));
  }

  /// The same for every name of this disk, and for every loop device over a file the file's own.
  public Object key() throws IOException {
    return tree.key(device);
  }

  /// Why a file cannot be written while a loop device stands for it: what is mounted from there
  /// would lie over what was written.
  public static Optional<Problem> use(Path file) throws IOException {
    BlockTree tree = new BlockTree(Path.of("/"));
    List<Path> loops = tree.loops(BlockTree.fileKey(file));
    return loops.isEmpty()
        ? Optional.empty()
        : new SafetyRules(tree).use(loops.getFirst(), name(file)).map(Refusal::problem);
  }

  /// What sysfs says; the disk is not touched.
  public TargetFacts facts() throws IOException {
    return facts(refusal().orElse(new Refusal("", "")));
  }

  /// The same with another reason why it can not be written.
  public TargetFacts facts(Problem refusal) throws IOException {
    return facts(new Refusal(refusal.what(), refusal.next()));
  }

  private TargetFacts facts(Refusal refusal) throws IOException {
    return new TargetFacts(
        node,
        key(),
        false,
        size(),
        sectorSize(),
        model(),
        hardware(),
        refusal.why(),
        refusal.next());
  }

  /// Claims the disk, after every rule has been asked about the very device that was opened:
  /// between a look and an open, one drive may have been replaced by another under the same name.
  ///
  /// @param whenLetGo called when the disk is nobody's any more
  public BlockTarget open(Runnable whenLetGo) throws IOException {
    return open(TRIES, whenLetGo);
  }

  BlockTarget open(int tries) throws IOException {
    return open(tries, () -> {});
  }

  private BlockTarget open(int tries, Runnable whenLetGo) throws IOException {
    refuse();
    LinuxBlockTarget target = LinuxBlockTarget.open(node, tries, hardware(), whenLetGo);
    try {
      if (!number(target.opened()).equals(number)) throw Errno.refusal(Errno.ENODEV, node);
      refuse();
      return target;
    } catch (IOException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private void refuse() throws IOException {
    Optional<Refusal> refusal = refusal();
    if (refusal.isPresent()) throw refusal.get().problem();
  }

  private Optional<Refusal> refusal() throws IOException {
    Optional<Refusal> refusal = new SafetyRules(tree).refusal(device, name(node));
    return refusal.isPresent() ? refusal : rights();
  }

  private Optional<Refusal> rights() {
    if (Files.isReadable(node) && Files.isWritable(node)) return Optional.empty();
    Problem missing = Rights.missing("read and write", name(node));
    return Optional.of(new Refusal(missing.what(), missing.next()));
  }

  private long size() {
    String sectors = tree.attribute(device, "size");
    return sectors.matches("\\d{1,15}") ? Long.parseLong(sectors) * SYSFS_SECTOR : 0;
  }

  private int sectorSize() {
    return tree.attribute(device, "queue/logical_block_size").equals("4096") ? 4096 : 512;
  }

  private String model() {
    String model =
        tree.attribute(device, "device/vendor") + " " + tree.attribute(device, "device/model");
    if (model.isBlank()) model = tree.attribute(device, "device/name");
    if (model.isBlank()) model = tree.standsFor(device);
    return model.isBlank() ? "Disk" : PlainText.of(model.strip());
  }

  private String hardware() {
    return PlainText.of(model() + ", " + tree.serial(device) + ", " + device);
  }

  private static String name(Path node) {
    return PlainText.of(node.toString());
  }
}
