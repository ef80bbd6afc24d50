package org.fieldlift.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Durable files: written aside, synced, and made true by one rename. After a crash there is the
/// old file or the new one, never half of either.
public final class AtomicFiles {
  /// How names of files that are being written end; leftovers of a crash may be deleted.
  public static final String ASIDE = ".fieldlift-new";

  private AtomicFiles() {}

  /// Replaces or makes a file. Missing parent folders are made. Of several that write at once, one
  /// wins whole.
  public static void write(Path file, byte[] bytes) throws IOException {
    Path parent = parent(file);
    Files.createDirectories(parent);
    Path aside = parent.resolve(file.getFileName() + "." + UUID.randomUUID() + ASIDE);
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) channel.write(all);
        channel.force(true);
      }
      publish(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// Makes a finished, synced file (or folder) aside the true one.
  public static void publish(Path aside, Path file) throws IOException {
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(parent(file));
  }

  /// Makes the names in a folder durable. Windows has no such call and needs none.
  public static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) return;
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) throw new IllegalArgumentException("a root is not a file: " + file);
    return parent;
  }
}
