package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Provide;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;

/// Volumes of made-up trees: what tests of them stand on.
abstract class VolumeBench {
  static final Instant TIME = Instant.parse("2026-03-01T12:34:56Z");

  @Provide
  Arbitrary<Map<String, Integer>> trees() {
    Arbitrary<String> name =
        Arbitraries.strings()
            .withChars("abcXYZ019._- ~+[]%éÜßñ漢字\u0301ı")
            .ofMinLength(1)
            .ofMaxLength(40)
            .map(text -> text.replaceAll("[. ]+$", "") + "q");
    Arbitrary<String> path = name.list().ofMinSize(1).ofMaxSize(4).map(p -> String.join("/", p));
    Arbitrary<Integer> size =
        Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().between(1, 200_000));
    return Arbitraries.maps(path, size).ofMaxSize(40);
  }

  static Volume sample(long size, int sectorSize) throws IOException {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put("README.txt", SampleContent.generated(1234, 1));
    files.put("empty", Content.of(new byte[0]));
    for (int i = 1; i < 40; i++) {
      files.put("FIELDLIFT/pieces/Stück " + i, SampleContent.generated(i * 3777L, i));
    }
    return volume(Geometry.of(size, sectorSize), files);
  }

  static Volume volume(Geometry geometry, Map<String, Content> files) throws IOException {
    List<VolumeFile> list = new ArrayList<>();
    files.forEach((path, content) -> list.add(new VolumeFile(path, content)));
    return Volume.of(geometry, "FL-7K3QX2", 0x1234ABCD, TIME, list);
  }

  /// Now and then random names collide.
  static Volume volumeOrSkip(Geometry geometry, Map<String, Content> files) throws IOException {
    try {
      return volume(geometry, files);
    } catch (Problem problem) {
      Assume.that(!problem.what().contains("differs from it only in capitals"));
      throw problem;
    }
  }

  static byte[] metadata(Volume volume) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(12 << 20);
    volume.read(0, bytes);
    return bytes.array();
  }

  static byte[] bytes(Content content) throws IOException {
    return content.bytes(1 << 24, "test file");
  }

  static String composed(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC);
  }
}
