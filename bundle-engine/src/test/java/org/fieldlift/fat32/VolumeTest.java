package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.fat32.Volume.Kind;
import org.fieldlift.fat32.Volume.Stretch;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTest extends VolumeBench {
  @Property(tries = 100)
  void anyTreeIsReadBackAsItWasLaidOut(
      @ForAll("trees") Map<String, Integer> tree, @ForAll boolean isSmall) throws IOException {
    Geometry geometry = Geometry.of(isSmall ? 64_000_000 : 16_000_000_000L, 512);
    Map<String, Content> files = new LinkedHashMap<>();
    tree.forEach(
        (path, size) -> files.put(composed(path), SampleContent.generated(size, path.length())));
    Volume volume = volumeOrSkip(geometry, files);

    VolumeReader reader = VolumeReader.open(volume, "test drive");

    Map<String, Content> found = Trees.files(reader);
    assertThat(found).containsOnlyKeys(files.keySet());
    for (Map.Entry<String, Content> file : found.entrySet()) {
      Content original = files.getOrDefault(file.getKey(), SampleContent.zeros(0));
      assertThat(bytes(file.getValue())).as(file.getKey()).isEqualTo(bytes(original));
    }
    assertThat(reader.label()).isEqualTo("FL-7K3QX2");
    assertThat(reader.volumeId()).isEqualTo(0x1234ABCD);
  }

  @Property(tries = 100)
  void anyPieceOfADriveIsTheSameHoweverItIsRead(@ForAll Random random) throws IOException {
    Volume volume = sample(64_000_000, 512);
    List<Stretch> stretches = volume.stretches();
    Stretch stretch = stretches.get(random.nextInt(stretches.size()));
    long start = Math.max(0, stretch.offset() + random.nextInt(20_000) - 10_000);
    int length = (int) Math.min(random.nextInt(100_000), volume.size() - start);
    ByteBuffer whole = ByteBuffer.allocate(length);
    volume.read(start, whole);

    ByteBuffer pieces = ByteBuffer.allocate(length);
    while (pieces.position() < length) {
      int end = Math.min(length, pieces.position() + 1 + random.nextInt(5000));
      volume.read(start + pieces.position(), pieces.limit(end));
    }

    assertThat(pieces.array()).isEqualTo(whole.array());
  }

  @ParameterizedTest
  @CsvSource({"64000000, 512", "64000512, 512", "1000000000, 4096", "16000000000, 512"})
  void stretchesAreAlignedAscendingAndEndWithSectorZero(long size, int sectorSize)
      throws IOException {
    Volume volume = sample(size, sectorSize);
    List<Stretch> stretches = volume.stretches();

    long end = 0;
    for (Stretch stretch : stretches.subList(0, stretches.size() - 2)) {
      assertThat(stretch.kind()).isNotEqualTo(Kind.SEAL);
      assertThat(stretch.offset()).isGreaterThanOrEqualTo(end);
      assertThat(stretch.offset() % 4096).isZero();
      assertThat(stretch.length()).isPositive();
      end = stretch.end();
      if (size - end >= sectorSize) assertThat(stretch.length() % 4096).isZero();
    }
    assertThat(end).isEqualTo(size / sectorSize * sectorSize);
    Stretch boot = stretches.get(stretches.size() - 2);
    assertThat(boot)
        .isEqualTo(new Stretch(Kind.SEAL, 4 << 20, 32L * sectorSize, "", 32L * sectorSize));
    assertThat(stretches.getLast()).isEqualTo(new Stretch(Kind.SEAL, 0, 4096, "", 4096));
  }

  @Test
  void aFolderHoldsAsManyFilesAsAreForeseenAndNoMore() throws IOException {
    Geometry geometry = Geometry.of(64_000_000, 512);
    List<VolumeFile> files = new ArrayList<>();
    for (int i = 0; i <= Volume.mostFiles("%068d".formatted(0)); i++) {
      files.add(new VolumeFile("pieces/%068d".formatted(i), Content.of(new byte[0])));
    }
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Volume.of(geometry, "FL-7K3QX2", 7, Instant.EPOCH, files))
        .withMessageContaining("more files than FAT32 can list");
    files.removeLast();
    Volume volume = Volume.of(geometry, "FL-7K3QX2", 7, Instant.EPOCH, files);
    assertThat(VolumeReader.open(volume, "drive").list("pieces")).hasSize(9362);
  }

  @Test
  void beforeTheSealADriveIsBlankWhateverWasOnItAndThenItIsWhole() throws IOException {
    Volume volume = sample(64_000_000, 512);
    List<Stretch> stretches = volume.stretches();
    List<Stretch> seal = stretches.subList(stretches.size() - 2, stretches.size());
    byte[] drive = new byte[64_000_000];
    sample(64_000_000, 512).read(0, ByteBuffer.wrap(drive));
    for (Stretch stretch : stretches.subList(0, stretches.size() - 2)) {
      int start = (int) stretch.offset();
      volume.read(start, ByteBuffer.wrap(drive, start, (int) stretch.length()));
      if (stretch.kind() == Kind.BLANK) {
        Arrays.fill(drive, start, start + (int) stretch.length(), (byte) 0);
      }
    }

    assertThat(VolumeReader.looksLikeVolume(Content.of(drive))).isFalse();
    assertThat(drive).startsWith(new byte[1 << 20]);
    assertThat(Arrays.copyOfRange(drive, 4 << 20, (4 << 20) + 32 * 512)).containsOnly(0);
    for (Stretch stretch : seal) {
      volume.read(
          stretch.offset(), ByteBuffer.wrap(drive, (int) stretch.offset(), (int) stretch.length()));
    }
    assertThat(Trees.files(VolumeReader.open(Content.of(drive), "test drive"))).hasSize(41);
  }

  @Test
  void stretchesHoldEveryByteThatIsNotZero() throws IOException {
    Volume volume = sample(64_000_000, 512);
    ByteBuffer whole = ByteBuffer.allocate(64_000_000);
    volume.read(0, whole);

    for (Stretch stretch : volume.stretches()) {
      whole.put((int) stretch.offset(), new byte[(int) stretch.length()]);
    }

    assertThat(whole.array()).isEqualTo(new byte[64_000_000]);
  }

  @Test
  void blankStretchesAreZeroButWhereTheSealWillLie() throws IOException {
    Volume volume = sample(64_000_000, 512);
    byte[] drive = new byte[64_000_000];
    volume.read(0, ByteBuffer.wrap(drive));
    for (Stretch stretch : volume.stretches().reversed()) {
      int start = (int) stretch.offset();
      int end = (int) stretch.end();
      if (stretch.kind() == Kind.SEAL) Arrays.fill(drive, start, end, (byte) 0);
      if (stretch.kind() != Kind.BLANK) continue;
      assertThat(Arrays.copyOfRange(drive, start, end)).isEqualTo(new byte[end - start]);
    }
  }

  @Test
  void bothTablesLieInTheTableStretch() throws IOException {
    Volume volume = sample(16_000_000_000L, 512);
    Stretch table =
        volume.stretches().stream()
            .filter(stretch -> stretch.kind() == Kind.TABLE)
            .findFirst()
            .orElseThrow();

    assertThat(table.offset()).isBetween((4L << 20) + 32 * 512, (8192L + 566) * 512);
    assertThat(table.end()).isEqualTo(8 << 20);
  }

  @Test
  void fileStretchesSayWhatIsContentAndWhatIsPadding() throws IOException {
    Volume volume =
        volume(
            Geometry.of(16_000_000_000L, 512),
            Map.of("FIELDLIFT/one", SampleContent.generated(40_000, 1)));

    Stretch file = volume.stretches().stream().filter(s -> s.kind() == Kind.FILE).findFirst().get();

    assertThat(file.path()).isEqualTo("FIELDLIFT/one");
    assertThat(file.contentLength()).isEqualTo(40_000);
    assertThat(file.length()).isEqualTo(65_536);
    assertThat(file.offset()).isEqualTo((8 << 20) + 2 * 32_768);
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    Volume one = sample(64_000_000, 512);
    Volume two = sample(64_000_000, 512);

    assertThat(metadata(one)).isEqualTo(metadata(two));
  }

  @Test
  void theTableEntriesOfAFileNameItsClustersOneAfterTheOther() throws IOException {
    Geometry geometry = Geometry.of(16_000_000_000L, 512);
    Volume volume = volume(geometry, Map.of("three", SampleContent.generated(70_000, 1)));
    ByteBuffer table = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer copy = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);

    volume.read(geometry.tableOffset(), table);
    volume.read(geometry.tableOffset() + geometry.tableSectors() * 512, copy);

    assertThat(table.array()).isEqualTo(copy.array());
    int[] entries = new int[8];
    table.flip().asIntBuffer().get(entries);
    assertThat(entries).containsExactly(0x0FFFFFF8, 0x0FFFFFFF, 0x0FFFFFFF, 4, 5, 0x0FFFFFFF, 0, 0);
  }

  @Property(tries = 50)
  void clustersForIsWhatTheVolumeTakes(@ForAll("trees") Map<String, Integer> tree)
      throws IOException {
    for (long size : new long[] {64_000_000, 16_000_000_000L}) {
      Geometry geometry = Geometry.of(size, 512);
      Map<String, Long> sizes = new LinkedHashMap<>();
      Map<String, Content> files = new LinkedHashMap<>();
      tree.forEach((path, length) -> {
        sizes.put(path, (long) length);
        files.put(path, SampleContent.generated(length, 1));
      });
      Volume volume = volumeOrSkip(geometry, files);

      long room =
          volume.stretches().stream()
              .filter(s -> s.kind() == Kind.FILE || s.kind() == Kind.FOLDER)
              .mapToLong(Stretch::length)
              .sum();

      assertThat(Volume.clustersFor(geometry, sizes) * geometry.clusterSize()).isEqualTo(room);
    }
  }

  @Test
  void freeSpaceIsExact() throws IOException {
    VolumeReader reader = VolumeReader.open(sample(64_000_000, 512), "test drive");
    Volume volume = sample(64_000_000, 512);
    Geometry geometry = volume.geometry();
    Tampered uncounted = new Tampered(volume).setInt(geometry.partitionOffset() + 512 + 488, -1);

    assertThat(reader.freeBytes()).isEqualTo(VolumeReader.open(uncounted, "test").freeBytes());
    assertThat(reader.usedBytes())
        .isEqualTo(geometry.clusters() * geometry.clusterSize() - reader.freeBytes())
        .isPositive();
  }

  @Test
  void aLargeDriveWithManyFilesCostsLittle() throws IOException {
    Geometry geometry = Geometry.of(2_000_000_000_000L, 512);
    Map<String, Content> files = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      files.put(
          "FIELDLIFT/pieces" + i % 4 + "/%064x.%03d".formatted(i, i % 1000),
          SampleContent.zeros(90_000_000));
    }
    Volume volume = volume(geometry, files);
    VolumeReader reader = VolumeReader.open(volume, "test drive");

    assertThat(volume.stretches()).hasSize(20_000 + 6 + 6);
    assertThat(reader.list("FIELDLIFT/pieces3")).hasSize(5_000);
    String last = "FIELDLIFT/pieces3/%064x.999".formatted(19_999);
    assertThat(reader.file(last).orElseThrow().size()).isEqualTo(90_000_000);
  }
}
