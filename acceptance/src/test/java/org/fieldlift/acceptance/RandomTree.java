package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.VolumeFile;
import org.fieldlift.io.Content;

/// A volume of the engine's with whatever files chance puts on it.
final class RandomTree {
  /// Again with the same trees: `-Dfieldlift.seed=…`.
  static final long SEED = Long.getLong("fieldlift.seed", System.nanoTime());

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_PATH = 1000;
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(.*/)?(con|prn|aux|nul|(com|lpt)\\d) *(\\..*)?");

  /// First and last of the signs names are made of; no sign has another composed form.
  private static final String SIGNS = "azAZ09##$)++--[[]]__{{}~àöøÿΑΡαωаяАЯ一龥ぁん";

  private final SplittableRandom random;
  private final List<String> folders = new ArrayList<>(List.of(""));
  private final Set<String> taken = new HashSet<>();
  private final List<VolumeFile> files = new ArrayList<>();

  /// @param number of this tree; each has its own
  RandomTree(int number) {
    random = new SplittableRandom(SEED + number);
  }

  /// Adds files in folders of their own or in those that are there.
  ///
  /// @param perFolder about how many lie in one
  RandomTree with(int count, int largest, int perFolder) throws IOException {
    for (int i = 0; i < count; i++) {
      if (random.nextInt(perFolder) == 0) folders.add(name() + "/");
      byte[] bytes = new byte[random.nextInt(10) == 0 ? 0 : random.nextInt(largest)];
      random.nextBytes(bytes);
      files.add(new VolumeFile(name(), Content.of(bytes)));
    }
    return this;
  }

  /// Adds a file that is mostly holes.
  RandomTree withLarge(long size) {
    files.add(new VolumeFile(name(), new Sprinkled(size, random.nextLong())));
    return this;
  }

  /// Writes it as a drive.
  ///
  /// @return what a kernel must see: see [Digests#facts]
  Map<String, String> write(Path image, long size, int sectorSize) throws IOException {
    Instant time = Instant.parse("2026-02-28T12:00:00Z");
    Geometry geometry = Geometry.of(size, sectorSize);
    DriveImages.store(Volume.of(geometry, "RANDOM", random.nextInt(), time, files), image);
    Map<String, String> facts = new TreeMap<>();
    for (VolumeFile file : files) facts.putAll(Digests.facts(file.path(), file.content()));
    return facts;
  }

  /// A path nobody has, in any case.
  private String name() {
    while (true) {
      String folder = folders.get(random.nextInt(folders.size()));
      boolean isDeep = folder.chars().filter(unit -> unit == '/').count() > 8;
      String path = (isDeep ? "" : folder) + sign(random.nextInt(40) == 0 ? LONGEST_NAME : 12);
      String known = path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      if (path.length() < LONGEST_PATH && !DEVICE.matcher(path).matches() && taken.add(known)) {
        return path;
      }
    }
  }

  private String sign(int longest) {
    StringBuilder name = new StringBuilder();
    int length = longest == LONGEST_NAME ? longest : 1 + random.nextInt(longest);
    boolean isAscii = random.nextInt(4) > 0;
    while (name.length() < length) {
      int range = 2 * random.nextInt(isAscii ? 10 : SIGNS.length() / 2);
      name.append((char) random.nextInt(SIGNS.charAt(range), SIGNS.charAt(range + 1) + 1));
      boolean isInside = name.length() < length - 1;
      if (isInside && random.nextInt(8) == 0) name.append(random.nextBoolean() ? '.' : ' ');
    }
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /// Zeros, but for the places that are looked at.
  private record Sprinkled(long size, long seed) implements Content {
    @Override
    public void read(long offset, ByteBuffer into) {
      for (long at = offset; into.hasRemaining(); ) {
        long mib = at / Digests.MIB;
        int within = (int) (at % Digests.MIB);
        byte[] bytes = new byte[Digests.MIB];
        boolean isSeen = Digests.sampled(size).contains(mib);
        if (isSeen) new SplittableRandom(seed + mib).nextBytes(bytes);
        int count = Math.min(into.remaining(), Digests.MIB - within);
        into.put(bytes, within, count);
        at += count;
      }
    }
  }
}
