package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.fat32.Volume.Kind;
import org.fieldlift.fat32.Volume.Stretch;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeRefusalTest extends VolumeBench {
  @Test
  void filesThatDoNotFitAreRefusedWithBothNumbers() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            volume(Geometry.of(64_000_000, 512), Map.of("large", SampleContent.zeros(60_000_000))))
        .withMessage("The files need 60.0 MB, but the drive has room for 55.6 MB.")
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED));
  }

  @Test
  void aFileThatFsckWouldEmptyIsRefused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            volume(
                Geometry.of(64_000_000_000L, 512),
                Map.of("large", SampleContent.zeros(Volume.LARGEST_FILE + 1))))
        .withMessageContaining("4095 MiB");
  }

  @Test
  void aFolderThatIsTooFullIsRefused() {
    Map<String, Content> files = new LinkedHashMap<>();
    for (int i = 0; i < 32_768; i++) files.put("a/Name " + i, Content.of(new byte[0]));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> volume(Geometry.of(16_000_000_000L, 512), files))
        .withMessageContaining("\"a\" has more files than FAT32 can list");
  }

  @ParameterizedTest
  @CsvSource({"a/b, a/B", "Dir/x, dir/y", "a, a/b", "a/b, a", "a\u0308, \u00e4"})
  void namesThatCollideAreRefused(String one, String other) {
    List<VolumeFile> files =
        List.of(
            new VolumeFile(one, SampleContent.zeros(1)),
            new VolumeFile(other, SampleContent.zeros(1)));

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Volume.of(Geometry.of(64_000_000, 512), "X", 1, TIME, files))
        .withMessageContaining("differs from it only in capitals")
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
  }

  @Test
  void foldersDeeperThanTheReaderGoesAreRefused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() ->
            volume(
                Geometry.of(64_000_000, 512),
                Map.of("d/".repeat(FolderTree.DEEPEST + 1) + "x", SampleContent.zeros(1))))
        .withMessageContaining("deeper than 64 folders");
  }

  @Test
  void readingPastTheDriveIsAnError() throws IOException {
    Volume volume = sample(64_000_000, 512);

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> volume.read(64_000_000 - 10, ByteBuffer.allocate(11)));
  }

  @Test
  void aContentThatEndsTooEarlyIsAnErrorNotZeros() throws IOException {
    Content liar =
        new Content() {
          @Override
          public long size() {
            return 5000;
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            into.put((byte) 1);
          }
        };
    Volume volume = volume(Geometry.of(64_000_000, 512), Map.of("liar", liar));
    Stretch file = volume.stretches().stream().filter(s -> s.kind() == Kind.FILE).findFirst().get();

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> volume.read(file.offset(), ByteBuffer.allocate(8192)));
  }
}
