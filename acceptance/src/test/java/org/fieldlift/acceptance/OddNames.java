package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.VolumeFile;
import org.fieldlift.io.Content;

/// A volume of the engine's with names no drive of ours has, but that FAT32 allows.
final class OddNames {
  private static final long SIZE = 64_000_000;
  private static final int ALIKE = 150;

  private OddNames() {}

  /// Writes the image.
  ///
  /// @return path → SHA-256, as a kernel must see them
  static Map<String, String> write(Path image) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    Map<String, String> digests = new TreeMap<>();
    List<VolumeFile> files = new ArrayList<>();
    for (String path : paths()) {
      byte[] bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      files.add(new VolumeFile(path, Content.of(bytes)));
      digests.put(path, Digests.of(bytes));
    }
    files.add(new VolumeFile("nothing in it", Content.of(new byte[0])));
    digests.put("nothing in it", Digests.of(new byte[0]));
    Instant time = Instant.parse("2026-02-28T12:00:00Z");
    DriveImages.store(
        Volume.of(Geometry.of(SIZE, 512), "ODD NAMES", 0x1234ABCD, time, files), image);
    return digests;
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "README",
                "lower.txt",
                "Mixed.Txt",
                ".hidden",
                "two.dots.tar.gz",
                "a+b,c;d=e[f].txt",
                "with  two spaces and a ~1.txt",
                "Größe/straße/ÿ.txt",
                "Ёжик в тумане/Лошадь.txt",
                "日本語/とても長い名前のファイル、十三文字の境界を越える.bin",
                "ελληνικά.txt",
                "€uro — “quoted”.txt",
                "a".repeat(251) + ".txt",
                "漢".repeat(255),
                "thirteen unit",
                "and twenty-six of them, so"));
    paths.add("d/".repeat(20) + "deep down.txt");
    // More than anybody numbers ~1 to ~9: their short names need another rule.
    for (int i = 0; i < ALIKE; i++)
      paths.add("alike/the same beginning, another end " + i + ".bin");
    return paths;
  }
}
