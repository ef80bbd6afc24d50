package org.fieldlift.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.store.ReleaseStore;

/// Small real releases for tests.
public final class Samples {
  public static final String PRODUCT = "github.com/PlanktoScope/pallet-standard";
  public static final Instant CREATED = Instant.parse("2026-05-12T08:30:00Z");

  /// Files of this size are parts of their own.
  public static final int BLOB = 4 << 20;

  private Samples() {}

  public static Release draft(String version, long sequence) {
    return new Release(
        Release.Kind.FORKLIFT_BUNDLE,
        PRODUCT,
        version,
        true,
        sequence,
        "linux/arm64",
        CREATED,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  /// A tree of a few small files and, for each seed, one incompressible blob.
  public static Path tree(Path folder, String text, int... blobs) throws IOException {
    write(folder.resolve("forklift-bundle.yml"), text.getBytes(StandardCharsets.UTF_8));
    write(
        folder.resolve("caches/downloads/x?a=1&b=2:#.bin"), text.getBytes(StandardCharsets.UTF_8));
    Files.createDirectories(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/nowhere"));
    for (int seed : blobs) write(folder.resolve("caches/images/blob-" + seed), random(seed, BLOB));
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(file -> !Files.isSymbolicLink(file)).toList()) {
        String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
      }
    }
    return folder;
  }

  /// A packed release with the given blobs.
  public static Path packed(Path tree, Path output, String version, int... blobs)
      throws IOException {
    tree(tree, version, blobs);
    pack(tree, draft(version, 1), output);
    return output;
  }

  public static SignedRelease pack(Path tree, Release draft, Path output) throws IOException {
    return ReleasePacker.pack(
        ReleasePacker.tree(tree, draft.kind()),
        draft,
        json -> signature(json),
        output,
        new Progress("test"),
        new Cancellation());
  }

  /// Stands for a sigstore bundle; nobody judges it here.
  public static byte[] signature(byte[] json) {
    return ("{\"of\":\"" + Digest.of(json).hex() + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  public static StoredRelease admit(ReleaseStore store, Path release) throws IOException {
    try (OpenRelease open = ReleaseForms.open(release)) {
      return store.admit(open, new Progress("test"), new Cancellation());
    }
  }

  public static PartList check(OpenRelease release) throws IOException {
    return ReleaseCheck.check(release, new Progress("test"), new Cancellation());
  }

  public static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /// Copies a release of any form, because packing one for each test takes longer.
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  /// Changes one byte in the middle of a file.
  public static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  /// The names in a folder, sorted.
  public static List<String> names(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Digest digest(int seed) {
    return Digest.of(random(seed, 8));
  }

  public static Entry file(String path) {
    return new Entry(path, Entry.Type.FILE, 0644, 3, digest(path.hashCode()), null);
  }

  public static Entry directory(String path) {
    return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null);
  }

  public static Entry link(String path, String target) {
    return new Entry(path, Entry.Type.SYMLINK, 0777, 0, null, target);
  }
}
