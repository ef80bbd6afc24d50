package org.fieldlift.oci;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.fieldlift.io.Cancellation;
import org.jspecify.annotations.Nullable;

/// Whether two tars of an image's files stand for the same files, although two programs wrote them.
/// Looks at what Forklift takes out of them: names, kinds, permissions, where links lead, and every
/// byte; in the order that both programs keep.
public final class ImageTars {
  private static final int BUFFER = 1 << 16;
  private static final int PERMISSIONS = 07777;

  private ImageTars() {}

  /// @return false also when one of them is no tar
  public static boolean areSame(Path one, Path other, Cancellation cancellation)
      throws IOException {
    try (Entries left = new Entries(one);
        Entries right = new Entries(other)) {
      TarArchiveEntry here = left.next();
      TarArchiveEntry there = right.next();
      for (; here != null && there != null; here = left.next(), there = right.next()) {
        if (!isSame(here, there) || !isSame(left.tar, right.tar, cancellation)) return false;
      }
      return here == there;
    } catch (Cancellation.Cancelled stopped) {
      throw stopped;
    } catch (IOException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private static boolean isSame(TarArchiveEntry one, TarArchiveEntry other) {
    return name(one).equals(name(other))
        && one.isDirectory() == other.isDirectory()
        && one.isSymbolicLink() == other.isSymbolicLink()
        && one.isLink() == other.isLink()
        && one.isFile() == other.isFile()
        && (one.getMode() & PERMISSIONS) == (other.getMode() & PERMISSIONS)
        && one.getLinkName().equals(other.getLinkName());
  }

  private static boolean isSame(InputStream one, InputStream other, Cancellation cancellation)
      throws IOException {
    byte[] here = new byte[BUFFER];
    byte[] there = new byte[BUFFER];
    while (true) {
      cancellation.check();
      int count = one.readNBytes(here, 0, BUFFER);
      int others = other.readNBytes(there, 0, BUFFER);
      if (!Arrays.equals(here, 0, count, there, 0, others)) return false;
      if (count == 0) return true;
    }
  }

  private static String name(TarArchiveEntry entry) {
    String name = entry.getName();
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  /// The entries of one tar but for its root, which one program writes and the other does not.
  private static final class Entries implements AutoCloseable {
    private final HeaderGuard guard;
    private final TarArchiveInputStream tar;

    Entries(Path file) throws IOException {
      InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
      InputStream buffered = new BufferedInputStream(bytes, BUFFER);
      guard = new HeaderGuard(buffered, ImageFiles.LARGEST_HEADER, _ -> {});
      tar = new TarArchiveInputStream(guard, "UTF-8");
    }

    @Nullable TarArchiveEntry next() throws IOException {
      while (true) {
        guard.begin();
        TarArchiveEntry entry = tar.getNextEntry();
        guard.end();
        if (entry == null || !name(entry).equals(".")) return entry;
      }
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
