package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class AlreadyCompressedTest {
  @Test
  void archivesAreKnownByTheirFirstBytes() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(Trees.noise(30_000, 1));
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a"));
      out.write(Trees.noise(30_000, 2));
    }
    assertThat(isCompressed(gzip.toByteArray())).isTrue();
    assertThat(isCompressed(zip.toByteArray())).isTrue();
    assertThat(isCompressed(start(0x28, 0xb5, 0x2f, 0xfd))).isTrue();
    assertThat(isCompressed(start(0, 0, 0, 24, 'f', 't', 'y', 'p'))).isTrue();
    assertThat(isCompressed(start(0x89, 'P', 'N', 'G'))).isTrue();
  }

  @Test
  void noiseWithoutASignatureIsFoundByTrying() {
    assertThat(isCompressed(Trees.noise(300_000, 3))).isTrue();
    byte[] text = new byte[300_000];
    Arrays.fill(text, (byte) 'a');
    assertThat(isCompressed(text)).isFalse();
    byte[] hexadecimal = Trees.noise(300_000, 4);
    for (int i = 0; i < hexadecimal.length; i++)
      hexadecimal[i] = (byte) ('a' + (hexadecimal[i] & 15));
    assertThat(isCompressed(hexadecimal)).isFalse();
  }

  @Test
  void smallFilesAreAlwaysDeflated() {
    assertThat(isCompressed(Arrays.copyOf(start(0x1f, 0x8b, 8), 16_383))).isFalse();
    assertThat(isCompressed(Arrays.copyOf(start(0x1f, 0x8b, 8), 16_384))).isTrue();
  }

  private static boolean isCompressed(byte[] content) {
    byte[] head = Arrays.copyOf(content, AlreadyCompressed.HEAD);
    return AlreadyCompressed.isSo(
        head, Math.min(content.length, AlreadyCompressed.HEAD), content.length);
  }

  private static byte[] start(int... signature) {
    byte[] content = new byte[20_000];
    for (int i = 0; i < signature.length; i++) content[i] = (byte) signature[i];
    return content;
  }
}
