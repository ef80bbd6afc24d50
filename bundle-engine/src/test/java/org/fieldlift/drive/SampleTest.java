package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.drive.TestImage.MIB;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.fieldlift.drive.LaneResult.Cancelled;
import org.fieldlift.drive.LaneResult.Verified;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a drive may be called blank, which means that it is erased without a question.
class SampleTest {
  private static final int SIZE = 64 * MIB + 512;

  private final byte[] drive = new byte[SIZE];

  private static boolean isBlank(byte[] drive) throws IOException {
    return Sample.of(Content.of(drive)).isBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 512, 4096, MIB, MIB + 512, 3 * MIB, SIZE})
  void aDriveOfZerosIsBlank(int size) throws IOException {
    assertThat(isBlank(new byte[size])).isTrue();
  }

  /// ext4, ISO 9660, Btrfs, UDF; what lies before a first partition; partitions; a second partition
  /// table.
  @ParameterizedTest
  @ValueSource(
      ints = {
        510,
        1080,
        32769,
        65600,
        524288,
        MIB - 1,
        MIB + 3,
        4 * MIB + 3,
        16 * MIB + 510,
        SIZE - MIB + 4096,
        SIZE - 512,
        SIZE - 1
      })
  void oneByteWhereFileSystemsAndTablesBeginIsSeen(int place) throws IOException {
    drive[place] = 1;
    assertThat(isBlank(drive)).isFalse();
  }

  @Test
  void filesWhoseTableIsGoneAreSeen() throws IOException {
    Arrays.fill(drive, 20 * MIB, 30 * MIB, (byte) 'x');
    assertThat(isBlank(drive)).isFalse();
  }

  @Test
  void aDriveWhoseWritingDidNotEndIsBlank() throws IOException {
    assertThat(isBlank(stoppedWhileItsPiecesAreWritten())).isTrue();
  }

  @Test
  void whatSomebodyPutOnADriveWhoseWritingDidNotEndIsSeen() throws IOException {
    byte[] begun = stoppedWhileItsPiecesAreWritten();
    begun[65600] = 1;
    assertThat(isBlank(begun)).isFalse();
  }

  @Test
  void aMarkThatIsNotWholeProvesNothing() throws IOException {
    byte[] begun = stoppedWhileItsPiecesAreWritten();
    begun[2 * MIB + 4095] ^= 1;
    assertThat(isBlank(begun)).isFalse();
  }

  @Test
  void aFinishedDriveIsNotBlank() throws IOException {
    MemoryDrive memory = new MemoryDrive(SIZE);
    TestImage image = TestImage.withPieces(SIZE, MIB);
    assertThat(new Lane(memory, image, new Progress(""), new Cancellation()).run())
        .isInstanceOf(Verified.class);
    assertThat(isBlank(memory.bytes(0, SIZE))).isFalse();
  }

  private static byte[] stoppedWhileItsPiecesAreWritten() throws IOException {
    Cancellation cancellation = new Cancellation();
    MemoryDrive memory =
        new MemoryDrive(SIZE) {
          @Override
          public void write(long offset, ByteBuffer from) throws IOException {
            super.write(offset, from);
            if (offset >= 24 * MIB && offset < 32 * MIB && from.limit() > 4096) {
              cancellation.cancel();
            }
          }
        };
    TestImage image = TestImage.withPieces(SIZE, 40 * MIB);
    assertThat(new Lane(memory, image, new Progress(""), cancellation).run())
        .isInstanceOf(Cancelled.class);
    assertThat(memory.bytes(16 * MIB, MIB)).as("it was written").isNotEqualTo(new byte[MIB]);
    return memory.bytes(0, SIZE);
  }
}
