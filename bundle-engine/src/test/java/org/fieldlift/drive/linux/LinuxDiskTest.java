package org.fieldlift.drive.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.drive.DriveImage;
import org.fieldlift.drive.Lane;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On real block devices of the running kernel.
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LinuxDiskTest {
  private static final long SIZE = 16L << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void aDiskIsWrittenReadBackAndVerified(int sectorSize) throws Exception {
    Path file = Loop.file(folder, SIZE);
    try (Loop loop = Loop.over(file, "--sector-size", Integer.toString(sectorSize))) {
      TargetFacts facts = BlockTargets.look(loop.node());
      assertThat(facts)
          .isEqualTo(
              new TargetFacts(
                  loop.node(),
                  BlockTargets.look(file).key(),
                  false,
                  SIZE,
                  sectorSize,
                  file.toString(),
                  facts.hardware(),
                  "",
                  ""));
      try (BlockTarget target = BlockTargets.open(loop.node())) {
        assertThat(target.size()).isEqualTo(SIZE);
        assertThat(target.sectorSize()).isEqualTo(sectorSize);
        assertThat(target.hardware()).isEqualTo(facts.hardware()).contains(file.toString());
        Lane lane = new Lane(target, new Sevens(), new Progress("lane"), new Cancellation());
        assertThat(lane.run()).isInstanceOf(LaneResult.Verified.class);
        assertThat(lane.verify()).isInstanceOf(LaneResult.Verified.class);
      }
    }
    byte[] written = Files.readAllBytes(file);
    assertThat(written[0]).isEqualTo((byte) 7);
    assertThat(written[5 << 20]).isEqualTo((byte) 7);
    assertThat(written[(6 << 20) + 4096]).isZero();
  }

  /// Sevens in sector 0 and from the first to the sixth MiB, with 4096 bytes added.
  private record Sevens() implements DriveImage {
    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public List<Extent> body() {
      return List.of(new Extent(1 << 20, (5 << 20) + 4096, "sevens", null, 0));
    }

    @Override
    public List<Extent> seal() {
      return List.of(new Extent(0, 4096, "sector 0", null, 0));
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      while (into.hasRemaining()) into.put((byte) 7);
    }
  }

  @Test
  void aDiskThatIsBeingWrittenCanBeOpenedAndMountedByNobodyElse() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      try (BlockTarget held = BlockTargets.open(loop.node())) {
        assertThat(held.name()).isEqualTo(loop.node().toString());
        assertThatThrownBy(() -> LinuxDisk.at(loop.node()).open(0))
            .isInstanceOf(Problem.class)
            .hasMessage(loop.node() + " is in use by another program.");
      }
      LinuxDisk.at(loop.node()).open(0).close();
    }
  }

  /// Waiting would mean to write it a second time, over what the first lane wrote.
  @Test
  @Timeout(5)
  void aDiskThisProcessWritesIsRefusedAtOnceUnderEveryName() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      Path link = Files.createSymbolicLink(folder.resolve("by-id"), loop.node());
      try (BlockTarget held = BlockTargets.open(loop.node())) {
        for (Path name : List.of(loop.node(), link)) {
          assertThatThrownBy(() -> BlockTargets.open(name))
              .isInstanceOf(Problem.class)
              .hasMessage(loop.node() + " is being written already.");
          assertThat(BlockTargets.look(name).refusal())
              .isEqualTo(held.name() + " is being written already.");
        }
      }
      BlockTargets.open(link).close();
    }
  }

  /// The kernel lets two loop devices over one file be claimed at once, and the file beside them.
  @Test
  @Timeout(5)
  void aFileThisProcessWritesIsRefusedUnderTheNamesOfAllItsLoopDevices() throws Exception {
    Path file = Loop.file(folder, SIZE);
    try (Loop one = Loop.over(file);
        Loop other = Loop.over(file, "--offset", "1048576")) {
      for (Path held : List.of(one.node(), file)) {
        try (BlockTarget target = BlockTargets.open(held)) {
          assertThat(target.name()).isEqualTo(held.toString());
          for (Path name : List.of(one.node(), other.node(), file)) {
            assertThatThrownBy(() -> BlockTargets.open(name))
                .isInstanceOf(Problem.class)
                .hasMessage(name + " is being written already.");
          }
        }
      }
      BlockTargets.open(other.node()).close();
    }
  }

  @Test
  void aFileThatIsMountedThroughALoopDeviceIsRefusedUnderEveryName() throws Exception {
    Path file = Loop.file(folder, SIZE);
    Path point = Files.createDirectory(folder.resolve("mounted here"));
    try (Loop loop = Loop.over(file);
        Loop other = Loop.over(file)) {
      Assumptions.assumeTrue(Loop.has("mkfs.ext4"), "needs mkfs.ext4 to make something to mount");
      Loop.said(List.of("mkfs.ext4", "-q", loop.node().toString()));
      Loop.said(List.of("mount", "-o", "ro", loop.node().toString(), point.toString()));
      try {
        for (Path name : List.of(loop.node(), other.node())) {
          assertThat(BlockTargets.look(name).refusal()).contains(name + " ", point.toString());
          assertThatThrownBy(() -> BlockTargets.open(name)).hasMessageContaining(point.toString());
        }
        assertThat(LinuxDisk.use(file))
            .hasValueSatisfying(
                problem -> assertThat(problem.what()).contains(file + " ", point.toString()));
      } finally {
        Loop.said(List.of("umount", point.toString()));
      }
      assertThat(LinuxDisk.use(file)).isEmpty();
    }
  }

  @Test
  void aLoopDeviceOverAnotherDeviceIsRefused() throws Exception {
    try (Loop under = Loop.over(Loop.file(folder, SIZE));
        Loop loop = Loop.over(under.node())) {
      assertThat(BlockTargets.look(loop.node()).refusal())
          .isEqualTo(loop.node() + " is made of other disks.");
    }
  }

  @Test
  void aDiskThatIsHeldForAMomentIsWaitedFor() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      BlockTarget held = BlockTargets.open(loop.node());
      Thread.ofVirtual()
          .start(() -> {
            try {
              Thread.sleep(250);
              held.close();
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      LinuxDisk.at(loop.node()).open(4).close();
    }
  }

  @Test
  void aMountedDiskIsRefusedUntilItIsUnmounted() throws Exception {
    Path file = Loop.file(folder, SIZE);
    Assumptions.assumeTrue(Loop.has("mkfs.ext4"), "needs mkfs.ext4 to make something to mount");
    Loop.said(List.of("mkfs.ext4", "-q", file.toString()));
    Path point = Files.createDirectory(folder.resolve("mounted here"));
    try (Loop loop = Loop.over(file)) {
      Loop.said(List.of("mount", "-o", "ro", loop.node().toString(), point.toString()));
      try {
        assertThat(BlockTargets.look(loop.node()).refusal()).contains(point.toString());
        assertThatThrownBy(() -> BlockTargets.open(loop.node())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> LinuxBlockTarget.open(loop.node(), 0, "", () -> {}))
            .as("the kernel refuses as well")
            .isInstanceOf(Problem.class);
      } finally {
        Loop.said(List.of("umount", point.toString()));
      }
      assertThat(BlockTargets.look(loop.node()).refusal()).isEmpty();
    }
  }

  @Test
  void aWriteProtectedDiskIsRefused() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE), "--read-only")) {
      assertThat(BlockTargets.look(loop.node()).refusal()).endsWith("is write-protected.");
      assertThatThrownBy(() -> LinuxBlockTarget.open(loop.node(), 0, "", () -> {}))
          .isInstanceOf(Problem.class);
    }
  }

  /// What an ordinary user has: a good drive that is root's.
  @Test
  void aDiskThatIsNotThisUsersIsNotCalledBroken() throws Exception {
    Assumptions.assumeTrue(Loop.has("setpriv"), "needs setpriv to be somebody else");
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      String said = saidToNobody(Looking.command(loop.node()));
      assertThat(said)
          .contains("may not read " + loop.node() + ": this user has no rights to it.")
          .contains("may not read and write " + loop.node() + ": this user has no rights to it.")
          .contains("sudo chown \"$USER\" " + loop.node())
          .doesNotContain("input/output error");
    }
  }

  private static String saidToNobody(List<String> command) throws Exception {
    List<String> words = new ArrayList<>(List.of("setpriv", "--reuid", "65534"));
    words.addAll(List.of("--regid", "65534", "--clear-groups"));
    List<String> look = new ArrayList<>(words);
    look.addAll(List.of("ls", "target/classes"));
    Process looking = new ProcessBuilder(look).start();
    Assumptions.assumeTrue(looking.waitFor() == 0, "another user cannot read this checkout");
    words.addAll(command);
    return Loop.said(words);
  }

  @Test
  void aSlotWithoutACardIsRefused() throws Exception {
    Path node;
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      node = loop.node();
    }
    assertThat(BlockTargets.look(node).refusal()).isNotEmpty();
  }

  @Test
  void aLinkToADiskIsTheDisk() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE))) {
      Path link = Files.createSymbolicLink(folder.resolve("stick"), loop.node());
      assertThat(BlockTargets.look(link).path()).isEqualTo(loop.node());
    }
  }

  @Test
  void theEndOfADiskIsItsEnd() throws Exception {
    try (Loop loop = Loop.over(Loop.file(folder, SIZE));
        BlockTarget target = BlockTargets.open(loop.node())) {
      ByteBuffer block = ByteBuffer.allocateDirect(2 * 4096).alignedSlice(4096).limit(4096);
      target.write(SIZE - 4096, block.duplicate());
      for (int i = 0; i < 2; i++) {
        boolean isWrite = i == 0;
        assertThatThrownBy(
                () -> {
                  if (isWrite) target.write(SIZE, block.duplicate());
                  else target.read(SIZE, block.duplicate());
                })
            .isInstanceOfSatisfying(
                DeviceError.class,
                error -> assertThat(error.kind()).isEqualTo(DeviceError.Kind.FULL));
      }
    }
  }

  /// What a pulled plug leaves in the hands of its writer: an open device without a size.
  @Test
  void aDiskThatWasPulledOutIsGoneAndNotOfFalseCapacity() throws Exception {
    Path file = Loop.file(folder, SIZE);
    try (Loop loop = Loop.over(file);
        BlockTarget target = BlockTargets.open(loop.node())) {
      ByteBuffer block = ByteBuffer.allocateDirect(2 * 4096).alignedSlice(4096).limit(4096);
      target.write(0, block.duplicate());
      Loop.file(folder, 0);
      Loop.said(List.of("losetup", "-c", loop.node().toString()));
      for (boolean isWrite : new boolean[] {true, false}) {
        assertThatThrownBy(
                () -> {
                  if (isWrite) target.write(0, block.duplicate());
                  else target.read(0, block.duplicate());
                })
            .isInstanceOfSatisfying(
                DeviceError.class,
                error -> assertThat(error.kind()).isEqualTo(DeviceError.Kind.REMOVED));
      }
    }
  }

  @Test
  void theDiskThisVeryTestRunsFromIsRefused() throws IOException {
    BlockTree tree = new BlockTree(Path.of("/"));
    List<Mount> mounts = Mount.parse(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    int judged = 0;
    for (Mount mount : mounts) {
      if (mount.isForeignDrive() || tree.numbered(mount.number()).isEmpty()) continue;
      for (Path disk : tree.below(tree.numbered(mount.number()).get())) {
        assertThat(new SafetyRules(tree).refusal(disk, disk.toString())).isPresent();
        judged++;
      }
    }
    Assumptions.assumeTrue(judged > 0, "needs a file system on a disk");
  }

  @Test
  void terminalsAndPipesAreNoDisks() {
    for (String node : List.of("/dev/null", "/dev/tty", "/proc/self/mountinfo")) {
      assertThatThrownBy(() -> LinuxDisk.at(Path.of(node)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("neither a disk nor a virtual drive");
    }
  }

  @Test
  void everyErrorNumberHasWords() {
    for (int errno = 1; errno < 134; errno++) {
      assertThat(Errno.error(errno).getMessage()).isNotEmpty();
      Problem problem = Errno.refusal(errno, Path.of("/dev/sdz"));
      assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE);
      assertThat(problem.what()).contains("/dev/sdz").endsWith(".");
      assertThat(problem.next()).endsWith(".");
    }
    assertThat(Errno.error(Errno.ENODEV).kind()).isEqualTo(DeviceError.Kind.REMOVED);
    assertThat(Errno.error(Errno.EROFS).kind()).isEqualTo(DeviceError.Kind.READ_ONLY);
    assertThat(Errno.error(Errno.EIO).kind()).isEqualTo(DeviceError.Kind.IO);
  }
}
