package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Problem;

/// The reader of FAT32 volumes. No FAT32 volume is small, so the foreign bytes are laid, sector by
/// sector, over those places of a good one that the reader believes something from.
public final class VolumeReaders {
  private static final int SECTOR = 512;
  private static final int LONGEST_LOOK = 64 << 10;
  private static final int MOST_LOOKS = 2000;
  private static final Volume GOOD = good();

  private VolumeReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("fat32", bytes -> walk(VolumeReader.open(laidOver(bytes), "drive")));
  }

  private static void walk(VolumeReader reader) throws IOException {
    reader.label();
    reader.usedBytes();
    Deque<String> folders = new ArrayDeque<>(List.of(""));
    int looks = 0;
    while (!folders.isEmpty() && looks < MOST_LOOKS) {
      String folder = folders.removeFirst();
      for (FileTree.Child child : reader.list(folder)) {
        looks++;
        if (child.name().contains("/") || child.name().equals("..")) {
          throw new AssertionError("a name that leads elsewhere: " + child);
        }
        String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
        if (child.isFolder()) folders.addLast(path);
        else look(reader.file(path).orElseThrow());
      }
    }
  }

  private static void look(Content file) throws IOException {
    file.read(0, ByteBuffer.allocate((int) Math.min(LONGEST_LOOK, file.size())));
  }

  private static Content laidOver(byte[] bytes) {
    Tampered drive = new Tampered(GOOD);
    Geometry geometry = GOOD.geometry();
    long[] places = {
      0,
      geometry.partitionOffset(),
      geometry.partitionOffset() + SECTOR,
      geometry.tableOffset(),
      geometry.offsetOf(2),
      geometry.offsetOf(3),
      geometry.offsetOf(4)
    };
    for (int i = 0; i < places.length && i * SECTOR < bytes.length; i++) {
      int end = Math.min(bytes.length, (i + 1) * SECTOR);
      drive.set(places[i], Arrays.copyOfRange(bytes, i * SECTOR, end));
    }
    return drive;
  }

  private static Volume good() {
    try {
      return Volume.of(
          Geometry.of(64_000_000, SECTOR),
          "FL-7K3QX2",
          0x1234ABCD,
          Instant.parse("2026-05-12T08:30:00Z"),
          List.of(
              new VolumeFile("README.txt", Content.of(new byte[100])),
              new VolumeFile("FOLDER/a long name.txt", Content.of(new byte[5000])),
              new VolumeFile("FOLDER/INNER/B", Content.of(new byte[10]))));
    } catch (Problem e) {
      throw new IllegalStateException(e);
    }
  }
}
