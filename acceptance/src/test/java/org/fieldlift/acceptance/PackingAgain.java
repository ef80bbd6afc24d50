package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleasePacker;

/// Packs a bundle of twenty image blobs, eighteen of which an earlier release holds, beside reading
/// and hashing the two that are new. The packing itself, in a Java that runs already.
final class PackingAgain {
  private static final int BLOBS = 20;
  private static final int NEW = 2;

  private PackingAgain() {}

  static void with(Path memory, int megabytes, int rounds) throws IOException {
    Path kept = Files.createDirectories(memory.resolve("kept"));
    Path added = Files.createDirectories(memory.resolve("added"));
    Tree before = Tree.EMPTY.bytes("forklift-bundle.yml", 0644, new byte[1000]);
    Tree now = before;
    for (int i = 0; i < BLOBS + NEW; i++) {
      byte[] noise = new byte[megabytes / BLOBS << 20];
      new SplittableRandom(i).nextBytes(noise);
      Path folder = i < BLOBS ? kept : added;
      Path blob = Files.write(folder.resolve(Integer.toString(i)), noise);
      if (i < BLOBS) before = before.file("caches/blobs/" + i, blob, Digest.of(noise));
      if (i >= NEW) now = now.file("caches/blobs/" + i, blob, Digest.of(noise));
    }
    Path earlier = memory.resolve("earlier");
    pack(before, List.of(), earlier);
    Path release = memory.resolve("release");
    double ours = Double.MAX_VALUE;
    double theirs = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      Program.run("rm", "-rf", release).well();
      ours = Math.min(ours, pack(now, List.of(earlier), release));
      theirs = Math.min(theirs, Clocked.shell("openssl dgst -sha256 \"$1\"/*", added).seconds());
    }
    String work = "pack %d MB, nine tenths reused".formatted(megabytes);
    Ratios.add(
        new Ratio(work, "reading and hashing the rest with openssl", ours, theirs, "s", 1.1));
  }

  private static double pack(Tree tree, List<Path> reuse, Path output) throws IOException {
    Release draft =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            Lab.PRODUCT,
            "v1.0.0",
            true,
            1,
            "linux/arm64",
            Instant.EPOCH,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    long begin = System.nanoTime();
    ReleasePacker.pack(
        tree, draft, null, reuse, output, new Progress("packing"), new Cancellation());
    return (System.nanoTime() - begin) / 1e9;
  }
}
