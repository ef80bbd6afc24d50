package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualDriveTest {
  private static final long SIZE = 64_000_000;
  private static final long DISK_SIGNATURE = 0x1B8;
  private static final long BOOT = 4L * MIB;

  @TempDir Path folder;

  private Path made() throws IOException {
    Path file = folder.resolve("drive.img");
    BlockTargets.createVirtual(file, SIZE, 512);
    return file;
  }

  private static void put(Path file, long offset, int... bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(offset);
      for (int b : bytes) open.write(b);
    }
  }

  /// The table and boot sector Fieldlift writes, with a boot indicator to vary.
  private static void putTable(Path file, int status) throws IOException {
    put(file, 446, status, 0xFE, 0xFF, 0xFF, 0x0C, 0xFE, 0xFF, 0xFF, 0, 0x20, 0, 0, 0, 0, 1, 0);
    put(file, 510, 0x55, 0xAA);
    byte[] digest = Digest.of("FL-7K3QX2".getBytes(StandardCharsets.US_ASCII)).bytes();
    int[] number = {digest[3], digest[2], digest[1], digest[0]};
    put(file, DISK_SIGNATURE, number);
    put(file, BOOT + 11, 0, 2);
    put(file, BOOT + 67, number);
    put(file, BOOT + 71, "FL-7K3QX2  ".chars().toArray());
    put(file, BOOT + 510, 0x55, 0xAA);
  }

  @Test
  void aNewDriveHasItsSizeAndTakesNoRoom() throws IOException {
    Path file = made();
    TargetFacts facts = BlockTargets.look(file);
    assertThat(facts)
        .isEqualTo(
            new TargetFacts(
                file.toRealPath(), facts.key(), true, SIZE, 512, "Virtual drive", "", "", ""));
    try (var names = Files.list(folder)) {
      assertThat(names).as("nothing is left beside it").containsExactly(file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "84000000, 512, 83999744",
    "500000000, 512, 499999744",
    "64000000, 512, 64000000",
    "500000000, 4096, 499998720"
  })
  void aSizeIsRoundedDownToWholeSectors(long size, int sectorSize, long whole) throws IOException {
    Path file = folder.resolve("drive.img");
    assertThat(BlockTargets.foresee(file, size, sectorSize).size()).isEqualTo(whole);
    BlockTargets.createVirtual(file, size, sectorSize);
    assertThat(BlockTargets.look(file).size()).isEqualTo(whole);
    BlockTargets.createVirtual(file, size, sectorSize);
  }

  @Test
  void sectorsOf4096BytesAreRemembered() throws IOException {
    Path file = folder.resolve("big-sectors.img");
    BlockTargets.createVirtual(file, 64L * MIB, 4096);
    assertThat(BlockTargets.look(file).sectorSize()).isEqualTo(4096);
    assertThatThrownBy(() -> BlockTargets.createVirtual(file, 64L * MIB, 512))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aDriveOfTheSameSizeIsKeptAsItIs() throws IOException {
    Path file = made();
    putTable(file, 0);
    BlockTargets.createVirtual(file, SIZE, 512);
    assertThat(BlockTargets.look(file).refusal()).isEmpty();
    assertThatThrownBy(() -> BlockTargets.createVirtual(file, SIZE + 512, 512))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("another size");
  }

  @Test
  void aFileWithContentsIsNeverADrive() throws IOException {
    Path file = made();
    put(file, 1024 + 56, 0x53, 0xEF); // an ext4 image begins with 1024 zeros
    assertRefused(file);
  }

  @Test
  void anImageOfSomebodysBootableDiskIsNeverADrive() throws IOException {
    Path file = made();
    putTable(file, 0x80);
    assertRefused(file);
  }

  /// Cards are laid out this way by cameras and by many programs.
  @Test
  void anImageOfSomebodysCardIsNeverADrive() throws IOException {
    Path file = made();
    putTable(file, 0);
    assertThat(BlockTargets.look(file).refusal()).isEmpty();
    put(file, DISK_SIGNATURE, 0xEF, 0xBE, 0xAD, 0xDE);
    assertRefused(file);
    putTable(file, 0);
    put(file, BOOT + 67, 1, 2, 3, 4);
    assertRefused(file);
    putTable(file, 0);
    put(file, BOOT + 71, "EOS_DIGITAL".chars().toArray());
    assertRefused(file);
  }

  @Test
  void aDiskImageWithBootCodeBehindTheTableIsNeverADrive() throws IOException {
    Path file = made();
    putTable(file, 0);
    put(file, 8192, 1);
    assertRefused(file);
  }

  @Test
  void aTableWithASecondPartitionIsNeverADrive() throws IOException {
    Path file = made();
    putTable(file, 0);
    put(file, 462 + 4, 0x83);
    assertRefused(file);
  }

  private void assertRefused(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThat(BlockTargets.look(file).refusal()).contains("contents that Fieldlift did not write");
    assertThatThrownBy(() -> BlockTargets.open(file)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> BlockTargets.createVirtual(file, SIZE, 512))
        .isInstanceOf(Problem.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFolderAMissingFileAndATerminalAreNoDrives() {
    assertThatThrownBy(() -> BlockTargets.open(folder)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> BlockTargets.createVirtual(folder, SIZE, 512))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> BlockTargets.look(folder.resolve("no")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("There is no drive at");
    assertThatThrownBy(() -> BlockTargets.open(Path.of("/dev/null"))).isInstanceOf(Problem.class);
  }

  @Test
  void aMissingDeviceIsNotMadeAsAFile() throws IOException {
    for (String name : List.of("/dev/nosuch", "/dev/no/such", "/dev/disk/../nosuch")) {
      Path device = Path.of(name);
      assertThatThrownBy(() -> BlockTargets.createVirtual(device, SIZE, 512))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessage("There is no drive at " + name + ".");
      assertThatThrownBy(() -> BlockTargets.foresee(device, SIZE, 512)).isInstanceOf(Problem.class);
      assertThat(device).doesNotExist();
    }
    Path link = Files.createSymbolicLink(folder.resolve("devices"), Path.of("/dev"));
    assertThatThrownBy(() -> BlockTargets.createVirtual(link.resolve("nosuch"), SIZE, 512))
        .isInstanceOf(Problem.class);
    assertThat(Path.of("/dev/no")).doesNotExist();
  }

  @Test
  void whatWouldBeMadeIsMade() throws IOException {
    Path file = folder.resolve("far/away.img");
    TargetFacts foreseen = BlockTargets.foresee(file, SIZE, 512);
    assertThat(file.getParent()).doesNotExist();
    BlockTargets.createVirtual(file, SIZE, 512);
    TargetFacts made = BlockTargets.look(file);
    assertThat(made.path()).isEqualTo(foreseen.path());
    assertThat(made.size()).isEqualTo(foreseen.size());
    assertThat(Sample.of(BlockTargets.content(file))).isEqualTo(Sample.ofNew(foreseen.size()));
  }

  @Test
  void oneDriveIsOpenOnceWhateverItIsCalled() throws IOException {
    Path file = made();
    Path alias = Files.createLink(folder.resolve("alias.img"), file);
    Path link = Files.createSymbolicLink(folder.resolve("link.img"), file);
    try (BlockTarget target = BlockTargets.open(file)) {
      assertThat(target.size()).isEqualTo(SIZE);
      assertThatThrownBy(() -> BlockTargets.open(alias)).hasMessageContaining("being written");
      assertThatThrownBy(() -> BlockTargets.open(link)).hasMessageContaining("being written");
      assertThat(BlockTargets.look(link).refusal()).contains("being written");
    }
    BlockTargets.open(file).close();
  }

  @Test
  void everyNameOfADriveHasItsKeyAndNoOtherDriveHasIt() throws IOException {
    Path file = made();
    Path other = folder.resolve("other.img");
    BlockTargets.createVirtual(other, SIZE, 512);
    Path alias = Files.createLink(folder.resolve("alias.img"), file);
    Path link = Files.createSymbolicLink(folder.resolve("link.img"), file);
    Object key = BlockTargets.look(file).key();
    assertThat(BlockTargets.look(alias).key()).isEqualTo(key);
    assertThat(BlockTargets.look(link).key()).isEqualTo(key);
    assertThat(BlockTargets.look(other).key()).isNotEqualTo(key);
  }

  @Test
  void aDriveThatAnotherProcessWritesIsRefused() throws Exception {
    Path file = made();
    Process other = hold(file);
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> BlockTargets.open(file))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("being written");
    } finally {
      other.destroy();
      other.waitFor(10, TimeUnit.SECONDS);
    }
    BlockTargets.open(file).close();
  }

  /// The system drops a lock when any channel of the process that has it is closed.
  @Test
  void whoLooksAtADriveThatIsWrittenDoesNotDropItsLock() throws Exception {
    Path file = made();
    Content before = BlockTargets.content(file);
    try (BlockTarget target = BlockTargets.open(file)) {
      assertThat(BlockTargets.look(file).refusal())
          .isEqualTo(target.name() + " is being written already.");
      assertThatThrownBy(() -> before.read(0, ByteBuffer.allocate(1)))
          .hasMessage(target.name() + " is being written already.");
      assertThatThrownBy(() -> BlockTargets.content(file).read(0, ByteBuffer.allocate(1)))
          .hasMessage(target.name() + " is being written already.");
      Process other = hold(file);
      try {
        assertThat(other.inputReader().readLine()).isEqualTo("taken");
      } finally {
        other.destroy();
        other.waitFor(10, TimeUnit.SECONDS);
      }
    }
    before.read(0, ByteBuffer.allocate(1));
  }

  @Test
  void aDriveIsHeldOnlyOnceNobodyLooksAnyMore() throws Exception {
    Path file = made();
    CompletableFuture<BlockTarget> opened =
        HeldDrives.look(
            BlockTargets.look(file).key(),
            file,
            () -> {
              CompletableFuture<BlockTarget> opening =
                  CompletableFuture.supplyAsync(() -> open(file));
              assertThatThrownBy(() -> opening.get(300, TimeUnit.MILLISECONDS))
                  .isInstanceOf(TimeoutException.class);
              return opening;
            });
    opened.get(10, TimeUnit.SECONDS).close();
  }

  private static BlockTarget open(Path file) {
    try {
      return BlockTargets.open(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Process hold(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Files.writeString(folder.resolve("Hold.java"), HOLD).toString(),
            file.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static final String HOLD =
      """
      class Hold {
        public static void main(String[] file) throws Exception {
          try (var open = new java.io.RandomAccessFile(file[0], "rw")) {
            System.out.println(open.getChannel().tryLock() == null ? "taken" : "held");
            Thread.sleep(60_000);
          }
        }
      }
      """;

  @Test
  void aDriveOfAnOddSizeIsWrittenReadBackAndVerified() throws IOException {
    for (Path place : new Path[] {folder, memory()}) {
      Path file = place.resolve("odd.img");
      long size = 16L * MIB + 512;
      BlockTargets.createVirtual(file, size, 512);
      TestImage image = TestImage.withPieces(size, 3 * MIB + 17, MIB);
      try (BlockTarget target = BlockTargets.open(file)) {
        Lane lane = new Lane(target, image, new Progress("lane"), new Cancellation());
        assertThat(lane.run()).isInstanceOf(Verified.class);
        assertThat(lane.verify()).isInstanceOf(Verified.class);
      } finally {
        if (!place.equals(folder)) {
          Files.delete(file);
          Files.delete(place);
        }
      }
    }
  }

  @Test
  void theLastOddBytesAreWrittenAndReadLikeAllOthers() throws IOException {
    Path file = folder.resolve("odd.img");
    BlockTargets.createVirtual(file, 2L * MIB + 512, 512);
    try (BlockTarget target = BlockTargets.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(3 * 4096).alignedSlice(4096).limit(4096 + 512);
      for (int i = 0; i < bytes.limit(); i++) bytes.put(i, (byte) (i % 251));
      target.write(2L * MIB - 4096, bytes.duplicate());
      target.sync();
      ByteBuffer back = ByteBuffer.allocateDirect(3 * 4096).alignedSlice(4096).limit(4096 + 512);
      target.read(2L * MIB - 4096, back);
      assertThat(back.flip()).isEqualTo(bytes);
      assertThatThrownBy(() -> target.write(2L * MIB, bytes.duplicate()))
          .isInstanceOf(DeviceError.class);
    }
    assertThat(Files.size(file)).isEqualTo(2L * MIB + 512);
  }

  @Test
  void leftoversOfACrashAreCleared() throws IOException {
    String dead = "." + Integer.MAX_VALUE + "-0123abcd-1";
    Path aside = folder.resolve("drive.img" + dead + AtomicFiles.ASIDE);
    Files.write(aside, new byte[] {1});
    Path file = made();
    assertThat(aside).doesNotExist();
    assertThat(Files.size(file)).isEqualTo(SIZE);
  }

  /// A file system in memory, where there is one: it may have no direct I/O.
  private static Path memory() throws IOException {
    Path shm = Path.of("/dev/shm");
    Assumptions.assumeTrue(Files.isWritable(shm), "needs a memory file system at /dev/shm");
    return Files.createTempDirectory(shm, "fieldlift");
  }

  @Test
  void aWriteThatWasCutShortLeavesADriveThatCanBeWrittenAgain() throws IOException {
    Path file = made();
    try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      open.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 8L * MIB);
    }
    assertThat(BlockTargets.look(file).refusal()).isEmpty();
  }
}
