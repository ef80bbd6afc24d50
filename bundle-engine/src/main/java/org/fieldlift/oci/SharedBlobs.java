package org.fieldlift.oci;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskTrouble;

/// Lets the images of a bundle and a cache of images be the same files, so that what many bundles
/// have takes room once.
///
/// @param bundle whose blobs were checked when they came in
/// @param cache on the same file system, or nothing is shared
public record SharedBlobs(ImageLayout bundle, ImageLayout cache) {

  /// Killed in the middle, blobs are shared or they are not; each layout is whole all the time.
  ///
  /// @return false when this file system cannot share; then nothing was changed
  public boolean share(Cancellation cancellation) throws IOException {
    try (LayoutChange change = cache.change()) {
      for (Image image : bundle.images()) {
        for (Descriptor blob : image.blobs()) {
          cancellation.check();
          if (!share(blob)) return false;
        }
        change.add(image);
      }
      return true;
    }
  }

  private boolean share(Descriptor blob) throws IOException {
    Path own = bundle.path(blob.digest());
    Path shared = cache.path(blob.digest());
    if (Files.exists(shared) && !Files.isSameFile(own, shared)) {
      boolean isRight = Digest.of(shared).equals(blob.digest());
      return isRight ? linked(shared, own) : linked(own, shared);
    }
    return cache.has(blob) || linked(own, shared);
  }

  /// Another name for a file, in the place of whatever is there.
  private static boolean linked(Path file, Path name) throws IOException {
    Path aside = AtomicFiles.aside(name);
    try {
      Files.createLink(aside, file);
      Files.move(aside, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (UnsupportedOperationException impossible) {
      return false;
    } catch (FileSystemException refused) {
      if (DiskTrouble.isFull(refused)) throw refused;
      return false;
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
