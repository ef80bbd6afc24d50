package org.fieldlift.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.PartSink;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.release.ListedRelease;
import org.fieldlift.release.OpenRelease;
import org.jspecify.annotations.Nullable;

/// Puts the parts of one release into the store as they pass by, each only once its content was
/// proven. Parts that are there already are not written again.
final class Admission implements PartSink, AutoCloseable {
  private final StoreFolders folders;
  private final OpenRelease release;
  private final Path aside;
  private int place;
  private @Nullable FileChannel writing;

  Admission(StoreFolders folders, OpenRelease release) {
    this.folders = folders;
    this.release = release;
    this.aside = folders.incoming().resolve("part" + AtomicFiles.ASIDE);
  }

  @Override
  public OutputStream begin() throws IOException {
    Part expected = release instanceof ListedRelease listed ? listed.parts().get(place) : null;
    place++;
    if (expected != null && (folders.holdsIntact(expected) || arrived(expected).isPresent())) {
      return OutputStream.nullOutputStream();
    }
    FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    writing = channel;
    return new DiskOutput(folders.parts(), channel);
  }

  @Override
  public void end(Part part) throws IOException {
    Path source = aside;
    if (writing != null) {
      writing.force(true);
      close();
    } else {
      Optional<Path> arrived = arrived(part);
      if (arrived.isEmpty()) return;
      source = arrived.get();
      try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    if (folders.holdsIntact(part)) Files.delete(source);
    else AtomicFiles.publish(source, folders.part(part.sha256()));
  }

  private Optional<Path> arrived(Part part) {
    return release instanceof Arrival arrival ? arrival.arrived(part) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    FileChannel open = writing;
    writing = null;
    if (open != null) open.close();
  }
}
