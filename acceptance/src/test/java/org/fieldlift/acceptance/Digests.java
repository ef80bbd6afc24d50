package org.fieldlift.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fieldlift.io.Content;

/// SHA-256 by the JDK alone, so that a mistake of the engine's own digests would show.
final class Digests {
  static final int MIB = 1 << 20;

  /// A file larger than this is known by its size and some of its bytes: an emulated machine takes
  /// minutes for a GiB.
  private static final long LARGE = 256L * MIB;

  private static final int EVERY = 512;

  private Digests() {}

  /// What is to be known of a file: path → SHA-256, or path → size and `path@n` → SHA-256 of its
  /// MiB number n when it is large. The guest's `init` says it the same way.
  static Map<String, String> facts(String path, Content content) throws IOException {
    if (content.size() <= LARGE) return Map.of(path, of(content.stream()));
    Map<String, String> facts = new TreeMap<>(Map.of(path, "size " + content.size()));
    for (long mib : sampled(content.size())) {
      long length = Math.min(MIB, content.size() - mib * MIB);
      facts.put(path + "@" + mib, of(content.slice(mib * MIB, length).stream()));
    }
    return facts;
  }

  /// The MiBs that are looked at in a large file: one in every 512, and the last.
  static Set<Long> sampled(long size) {
    Set<Long> sampled = new TreeSet<>(Set.of((size - 1) / MIB));
    for (long mib = 0; mib * MIB < size; mib += EVERY) sampled.add(mib);
    return sampled;
  }

  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  static String of(byte[] bytes) throws IOException {
    return of(new ByteArrayInputStream(bytes));
  }

  static String of(InputStream in) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sha256.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Path below the folder → SHA-256, for every file.
  static Map<String, String> ofAll(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        digests.put(folder.relativize(file).toString(), of(file));
      }
    }
    return digests;
  }
}
