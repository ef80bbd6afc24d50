package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "16, 3813, 566, 488025, 8",
    "32, 7628, 1128, 976178, 12",
    "64, 15257, 2254, 1952485, 20",
    "128, 30516, 4504, 3905098, 36",
    "256, 61034, 812, 7810452, 64",
    "512, 122069, 1622, 15621032, 124",
    "1000, 238417, 6494, 30509898, 240"
  })
  void largeDrivesHaveTheNumbersThatWereCheckedByHand(
      long gigabytes, long table, int reserved, long clusters, long dataMib) throws Problem {
    Geometry geometry = Geometry.of(gigabytes * 1_000_000_000, 512);

    assertThat(geometry.tableSectors()).isEqualTo(table);
    assertThat(geometry.reservedSectors()).isEqualTo(reserved);
    assertThat(geometry.clusters()).isEqualTo(clusters);
    assertThat(geometry.clusterSize()).isEqualTo(32 << 10);
    assertThat(geometry.dataOffset()).isEqualTo(dataMib * MIB);
    assertThat(geometry.firstSector()).isEqualTo(8192);
  }

  @ParameterizedTest
  @CsvSource({
    "64000000, 512, 512",
    "80000000, 512, 1024",
    "160000000, 512, 2048",
    "300000000, 512, 4096",
    "7999999999, 512, 4096",
    "8000000000, 512, 32768",
    "300000000, 4096, 4096",
    "8000000000, 4096, 32768"
  })
  void clustersAreAsLargeAsTheDriveAllows(long size, int sectorSize, int clusterSize)
      throws Problem {
    assertThat(Geometry.of(size, sectorSize).clusterSize()).isEqualTo(clusterSize);
  }

  @Property(tries = 200)
  void everyDriveIsLaidOutSoundly(
      @ForAll @LongRange(min = 300_000_000, max = 4_000_000_000_000L) long size,
      @ForAll boolean nativeSectors)
      throws Problem {
    checkSound(Geometry.of(size, nativeSectors ? 4096 : 512));
  }

  @Property(tries = 200)
  void everySmallDriveIsLaidOutSoundly(
      @ForAll @LongRange(min = 64_000_000, max = 300_000_000) long size) throws Problem {
    checkSound(Geometry.of(size, 512));
  }

  private static void checkSound(Geometry geometry) {
    int sector = geometry.sectorSize();
    long tableEntries = geometry.tableSectors() * sector / 4;
    long end = geometry.partitionOffset() + geometry.sectors() * sector;
    assertThat(geometry.partitionOffset()).isEqualTo(4 * MIB);
    assertThat(geometry.dataOffset() % (4 * MIB)).isZero();
    assertThat(geometry.reservedSectors()).isBetween(32, 65_535);
    assertThat(geometry.clusters()).isBetween(65_536L, 268_435_445L);
    assertThat(tableEntries)
        .isGreaterThanOrEqualTo(geometry.clusters() + 2)
        .isLessThanOrEqualTo(geometry.driveSize() / geometry.clusterSize() + 2 + sector);
    assertThat(geometry.firstSector() + geometry.sectors()).isLessThanOrEqualTo(0xFFFF_FFFFL);
    assertThat(end).isLessThanOrEqualTo(geometry.driveSize());
    assertThat(end % 4096).isZero();
    assertThat(end - geometry.offsetOf(geometry.clusters() + 2))
        .isBetween(0L, geometry.clusterSize() - 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void aDriveBeyondTwoTebibytesIsUsedUpToThere(int sectorSize) throws Problem {
    Geometry geometry = Geometry.of(5_000_000_000_000L, sectorSize);

    long end = (geometry.firstSector() + geometry.sectors()) * sectorSize;
    assertThat(end).isEqualTo((1L << 41) - 4096);
  }

  @Test
  void aDriveThatIsTooSmallIsRefusedWithASizeThatWouldDo() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Geometry.of(63_999_999, 512))
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE))
        .satisfies(problem -> assertThat(problem.next()).contains("64 MB"));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Geometry.of(64_000_000, 4096))
        .withMessageContaining("sectors of 4096 bytes")
        .satisfies(problem -> assertThat(problem.next()).contains("300 MB"));
  }

  @Test
  void otherSectorsAreRefused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Geometry.of(1_000_000_000, 2048))
        .withMessageContaining("sectors of 2048 bytes");
  }

  @Test
  void aContentTakesWholeClustersAndNeverLessThanABlock() throws Problem {
    Geometry large = Geometry.of(16_000_000_000L, 512);
    Geometry small = Geometry.of(64_000_000, 512);

    assertThat(large.clustersFor(0)).isZero();
    assertThat(large.clustersFor(1)).isEqualTo(1);
    assertThat(large.clustersFor(32_769)).isEqualTo(2);
    assertThat(small.clustersFor(1)).isEqualTo(8);
    assertThat(small.clustersFor(4097)).isEqualTo(16);
  }
}
