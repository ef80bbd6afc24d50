package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree.Child;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Reading what others wrote, damaged, or forged.
class VolumeReaderTest {
  private static final int CLUSTER = 32 << 10;
  private static final int BOOT = 4 << 20;

  /// The sample's clusters: root 2, FOLDER 3, INNER 4, A 5 to 7, B 8, C 9.
  private final Volume volume = sample();

  private final Geometry geometry = volume.geometry();

  @Test
  void filesAreFoundWhateverTheirCaseAndByTheirShortName() throws IOException {
    VolumeReader reader = open(volume);

    assertThat(reader.file("FOLDER/INNER/A long name.txt")).isPresent();
    assertThat(reader.file("folder/Inner/a LONG name.TXT")).isPresent();
    assertThat(reader.file("FOLDER/INNER/ALONGN~1.TXT")).isPresent();
    assertThat(reader.list("folder")).isEqualTo(reader.list("FOLDER"));
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    VolumeReader reader = open(volume);

    assertThat(reader.file("nothing")).isEmpty();
    assertThat(reader.file("FOLDER")).isEmpty();
    assertThat(reader.file("B/x")).isEmpty();
    assertThat(reader.file("FOLDER/../B")).isEmpty();
    assertThat(reader.file("/B")).isEmpty();
    assertThat(reader.list("nothing")).isEmpty();
    assertThat(reader.list("B")).isEmpty();
  }

  @Test
  void childrenAreListedByNameWithTheirSizes() throws IOException {
    assertThat(open(volume).list(""))
        .containsExactly(
            new Child("B", false, 10), new Child("C", false, 20), new Child("FOLDER", true, 0));
  }

  @Test
  void aVolumeWithoutPartitionTableIsRead() throws IOException {
    Content partition = volume.slice(BOOT, geometry.sectors() * 512);

    assertThat(open(partition).file("B")).isPresent();
    assertThat(VolumeReader.looksLikeVolume(partition)).isTrue();
  }

  @Test
  void anOldPartitionTypeAndAnySlotWillDo() throws IOException {
    Tampered drive = new Tampered(volume).set(0x1BE, new byte[16]);
    drive.set(0x1BE + 48 + 4, (byte) 0x0B).setInt(0x1BE + 48 + 8, 8192);

    assertThat(open(drive).file("B")).isPresent();
  }

  @Test
  void largeSectorsAreRead() throws IOException {
    Volume large =
        Volume.of(
            Geometry.of(16_000_000_000L, 4096),
            "X",
            1,
            Instant.EPOCH,
            List.of(new VolumeFile("a b", SampleContent.generated(100_000, 7))));

    assertThat(open(large).file("a b").orElseThrow().bytes(1 << 20, "a b"))
        .isEqualTo(SampleContent.generated(100_000, 7).bytes(1 << 20, "a b"));
  }

  @Test
  void otherDrivesAreNotFat32() throws IOException {
    for (Content drive :
        List.of(
            Content.of(new byte[0]),
            Content.of(new byte[511]),
            Content.of(new byte[100_000]),
            new Tampered(volume).set(510, (byte) 0),
            new Tampered(volume).set(0x1BE + 4, (byte) 0x07),
            new Tampered(volume).set(BOOT, (byte) 0),
            new Tampered(volume).setShort(BOOT + 22, 100))) {
      assertThat(VolumeReader.looksLikeVolume(drive)).isFalse();
      assertThatExceptionOfType(Problem.class)
          .isThrownBy(() -> open(drive))
          .withMessage("test drive has no FAT32 file system.")
          .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE));
    }
  }

  @Test
  void aFragmentedFileIsReadFromAnyOffset() throws IOException {
    byte[] expected = SampleContent.generated(3 * CLUSTER, 1).bytes(1 << 20, "A");
    byte[] second = new byte[CLUSTER];
    byte[] third = new byte[CLUSTER];
    System.arraycopy(expected, CLUSTER, second, 0, CLUSTER);
    System.arraycopy(expected, 2 * CLUSTER, third, 0, CLUSTER);
    Tampered drive = new Tampered(volume).setInt(table(5), 100).setInt(table(100), 50);
    drive.setInt(table(50), 0x0FFFFFF8).set(data(100), second).set(data(50), third);
    Content file = open(drive).file("FOLDER/INNER/A long name.txt").orElseThrow();

    assertThat(file.bytes(1 << 20, "A")).isEqualTo(expected);
    for (int start = 0; start < 3 * CLUSTER; start += 7777) {
      ByteBuffer piece = ByteBuffer.allocate(Math.min(40_000, 3 * CLUSTER - start));
      file.read(start, piece);
      assertThat(piece.array())
          .containsExactly(Arrays.copyOfRange(expected, start, start + piece.capacity()));
    }
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> file.read(3 * CLUSTER - 1, ByteBuffer.allocate(2)));
  }

  @Test
  void aLongNameWithAWrongChecksumGivesWayToTheShortName() throws IOException {
    long longEntry = data(4) + 64;
    assertThat(names(new Tampered(volume).set(longEntry + 13, (byte) 1), "FOLDER/INNER"))
        .containsExactly("ALONGN~1.TXT");
    assertThat(names(new Tampered(volume).set(longEntry, (byte) 0x43), "FOLDER/INNER"))
        .containsExactly("ALONGN~1.TXT");
  }

  @Test
  void aLongNameThatWouldLeadOutOfItsFolderGivesWayToTheShortName() throws IOException {
    long lastPart = data(4) + 64;
    long firstPart = lastPart + 32;
    Tampered drive = new Tampered(volume).setShort(firstPart + 1, '.').setShort(firstPart + 3, '/');

    assertThat(names(drive, "FOLDER/INNER")).containsExactly("ALONGN~1.TXT");
  }

  @Test
  void lowerCaseMarksAndDosLettersAreRead() throws IOException {
    long entry = data(2) + 32 * 2;
    Tampered drive = new Tampered(volume);
    drive.set(entry, "\u0005RGER   TXT".getBytes(StandardCharsets.US_ASCII));
    drive.set(entry + 12, (byte) 0x10);

    assertThat(names(drive, "")).contains("σRGER.txt");
  }

  @Test
  void deletedEntriesAreNotListed() throws IOException {
    long entry = data(2) + 32 * 2;

    assertThat(names(new Tampered(volume).set(entry, (byte) 0xE5), "")).doesNotContain("B");
  }

  @Test
  void aShortNameThatIsNoneIsDamage() {
    long entry = data(2) + 32 * 2;

    assertDamaged(new Tampered(volume).set(entry, (byte) '/'), "a name that cannot be one");
    assertDamaged(new Tampered(volume).set(entry, (byte) ' '), "a name that cannot be one");
  }

  @Test
  void twoFilesOfOneNameAreDamage() {
    assertDamaged(new Tampered(volume).set(data(2) + 32 * 2, (byte) 'C'), "\"C\" is there twice");
  }

  @Test
  void namesThatDifferOnlyInTheCaseOfForeignLettersAreBothFound() throws IOException {
    Content capital = SampleContent.generated(5, 1);
    Content small = SampleContent.generated(7, 2);
    List<VolumeFile> files = List.of(new VolumeFile("Éa", capital), new VolumeFile("éb", small));
    Volume both = Volume.of(geometry, "LABEL", 7, Instant.EPOCH, files);
    VolumeReader reader = open(new Tampered(both).setShort(data(2) + 3 * 32 + 3, 'a'));

    assertThat(reader.file("Éa").orElseThrow().size()).isEqualTo(5);
    assertThat(reader.file("éa").orElseThrow().size()).isEqualTo(7);
  }

  @Test
  void aFileChainThatLoopsIsDamage() {
    assertDamaged(new Tampered(volume).setInt(table(6), 5), "goes round in a circle");
  }

  @Test
  void aFileChainThatEndsTooEarlyIsDamage() {
    assertDamaged(
        new Tampered(volume).setInt(table(6), 0x0FFFFFFF), "shorter than its folder says");
  }

  @Test
  void aFileThatIsLargerThanItsChainIsDamage() {
    long size = data(2) + 32 * 2 + 28;
    assertDamaged(new Tampered(volume).setInt(size, -1), "shorter than its folder says");
  }

  @Test
  void chainsThatLeadNowhereAreDamage() {
    for (int nowhere : new int[] {0, 1, (int) geometry.clusters() + 2, 0x0FFFFFF7}) {
      assertDamaged(new Tampered(volume).setInt(table(5), nowhere), "a place that is not there");
    }
  }

  @Test
  void theHighestFourBitsOfATableEntryMeanNothing() throws IOException {
    Tampered drive = new Tampered(volume).setInt(table(5), 0xF0000006);

    assertThat(open(drive).file("FOLDER/INNER/A long name.txt")).isPresent();
  }

  @Test
  void aFolderChainThatLoopsIsDamage() {
    assertDamaged(
        new Tampered(volume).setInt(table(2), 2), "the top folder goes round in a circle");
  }

  @Test
  void aFolderThatGoesOnForeverIsDamage() {
    Tampered drive = new Tampered(volume);
    for (int cluster = 100; cluster < 200; cluster++) drive.setInt(table(cluster), cluster + 1);
    drive.setInt(table(2), 100);

    assertDamaged(drive, "the top folder is longer than a folder can be");
  }

  @Test
  void aFolderThatHoldsItselfIsDamage() {
    assertDamaged(
        new Tampered(volume).setShort(data(3) + 64 + 26, 3), "is the same folder as another");
    assertDamaged(
        new Tampered(volume).setShort(data(3) + 64 + 26, 2), "is the same folder as another");
  }

  @Test
  void foldersDeeperThanAnySystemOpensAreRefused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> open(volume).list("FOLDER/".repeat(64) + "FOLDER"))
        .withMessageContaining("deeper than 64");
  }

  @Test
  void aDamagedFolderStaysDamagedWhenItIsReadAgain() throws IOException {
    VolumeReader reader = open(new Tampered(volume).setShort(data(3) + 64 + 26, 3));

    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(Problem.class).isThrownBy(() -> reader.list("FOLDER"));
    }
  }

  @Test
  void aBootSectorThatMakesNoSenseIsDamage() {
    assertDamaged(new Tampered(volume).setInt(BOOT + 44, 0), "makes no sense");
    assertDamaged(new Tampered(volume).setInt(BOOT + 44, -1), "makes no sense");
    assertDamaged(new Tampered(volume).setInt(BOOT + 36, -1), "makes no sense");
    assertDamaged(new Tampered(volume).setInt(BOOT + 32, 0), "makes no sense");
    assertDamaged(new Tampered(volume).setShort(BOOT + 40, 0x8F), "makes no sense");
  }

  @Test
  void aDriveThatWasCutShortIsDamage() {
    assertDamaged(volume.slice(0, 8_000_000_000L), "larger than the drive");
    assertDamaged(new Tampered(volume).setInt(BOOT + 32, -1), "larger than the drive");
  }

  @Test
  void aFreeCountThatCannotBeIsCountedAgain() throws IOException {
    long counts = BOOT + 512;
    long free = open(volume).freeBytes();

    assertThat(free).isEqualTo((geometry.clusters() - 8) * CLUSTER);
    assertThat(open(new Tampered(volume).setInt(counts + 488, -1)).freeBytes()).isEqualTo(free);
    assertThat(open(new Tampered(volume).setInt(counts, 0)).freeBytes()).isEqualTo(free);
    assertThat(open(new Tampered(volume).setShort(BOOT + 48, 0)).freeBytes()).isEqualTo(free);
  }

  @Property(tries = 200)
  void whateverIsWrongReadingEndsWithTheTreeOrAProblem(@ForAll Random random) throws IOException {
    Tampered drive = new Tampered(volume);
    long[] regions = {0x1BE, BOOT, BOOT + 512, geometry.tableOffset(), data(2), data(3), data(4)};
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      long at = regions[random.nextInt(regions.length)] + random.nextInt(192);
      drive.set(at, (byte) random.nextInt(256));
    }

    try {
      VolumeReader reader = open(drive);
      for (Content file : Trees.files(reader).values()) {
        file.read(0, ByteBuffer.allocate((int) Math.min(file.size(), CLUSTER)));
      }
      assertThat(reader.freeBytes()).isNotNegative();
    } catch (Problem problem) {
      assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE);
    }
  }

  private static Volume sample() {
    List<VolumeFile> files = new ArrayList<>();
    files.add(
        new VolumeFile("FOLDER/INNER/A long name.txt", SampleContent.generated(3 * CLUSTER, 1)));
    files.add(new VolumeFile("B", SampleContent.generated(10, 2)));
    files.add(new VolumeFile("C", SampleContent.generated(20, 3)));
    try {
      return Volume.of(Geometry.of(16_000_000_000L, 512), "LABEL", 7, Instant.EPOCH, files);
    } catch (Problem problem) {
      throw new AssertionError(problem);
    }
  }

  private long table(int cluster) {
    return geometry.tableOffset() + 4L * cluster;
  }

  private long data(int cluster) {
    return geometry.offsetOf(cluster);
  }

  private static VolumeReader open(Content drive) throws IOException {
    return VolumeReader.open(drive, "test drive");
  }

  private static List<String> names(Content drive, String folder) throws IOException {
    return open(drive).list(folder).stream().map(Child::name).toList();
  }

  private static void assertDamaged(Content drive, String words) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Trees.files(open(drive)))
        .withMessageStartingWith("The file system on test drive is damaged: ")
        .withMessageContaining(words)
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE));
  }
}
