package org.fieldlift.oci;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.http.PartialFile;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Turn;

/// Changes to one image layout; nobody else changes it meanwhile. Blobs first, their image last: a
/// killed program leaves blobs that no image needs, never an image that lacks one.
public final class LayoutChange implements AutoCloseable {
  private final ImageLayout layout;
  private final Turn turn;

  private LayoutChange(ImageLayout layout, Turn turn) {
    this.layout = layout;
    this.turn = turn;
  }

  static LayoutChange begin(ImageLayout layout) throws IOException {
    Turn turn = Turn.take(layout.folder());
    boolean isReady = false;
    try {
      Files.createDirectories(layout.blobs());
      AtomicFiles.sweep(layout.blobs());
      isReady = true;
      return new LayoutChange(layout, turn);
    } catch (IOException e) {
      throw DiskTrouble.with(layout.folder(), e);
    } finally {
      if (!isReady) turn.close();
    }
  }

  /// Takes a blob in, unless it is here.
  ///
  /// @param in read to its end
  /// @throws Problem of kind NOT_GENUINE when size or digest are wrong; then nothing was taken
  public void put(Descriptor blob, InputStream in, Cancellation cancellation) throws IOException {
    if (layout.has(blob)) return;
    Path file = layout.path(blob.digest());
    Path aside = AtomicFiles.aside(file);
    try {
      try (FileChannel channel = open(aside);
          OutputStream out = new DiskOutput(file, channel)) {
        new CheckedStream(in, blob, cancellation).transferTo(out);
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw DiskTrouble.with(file, e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /// Takes a small blob in, also in the place of a damaged one.
  public void put(Descriptor blob, byte[] bytes) throws IOException {
    dropDamaged(List.of(blob), new Progress("Checking"), new Cancellation());
    put(blob, new ByteArrayInputStream(bytes), new Cancellation());
  }

  /// Takes a blob in from another layout, where the file system allows as another name of the same
  /// file, else as a copy. Its bytes are read once, so that damage does not spread.
  ///
  /// @return false when the other layout does not have it, or has it damaged
  public boolean link(Descriptor blob, ImageLayout from, Cancellation cancellation)
      throws IOException {
    if (layout.has(blob)) return true;
    Optional<Path> source = from.blob(blob.digest());
    if (source.isEmpty() || Files.size(source.get()) != blob.size()) return false;
    Path file = layout.path(blob.digest());
    Path aside = AtomicFiles.aside(file);
    try {
      if (!isLinked(source.get(), aside)) return isCopied(blob, source.get(), cancellation);
      if (!from.proves(blob, new Progress("Checking"), cancellation)) return false;
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (FileSystemException e) {
      throw DiskTrouble.with(file, e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static boolean isLinked(Path source, Path aside) {
    try {
      Files.createLink(aside, source);
      return true;
    } catch (IOException | UnsupportedOperationException otherDisk) {
      return false;
    }
  }

  private boolean isCopied(Descriptor blob, Path source, Cancellation cancellation)
      throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      put(blob, in, cancellation);
      return true;
    } catch (Problem wrong) {
      if (wrong.kind() == Problem.Kind.NOT_GENUINE) return false;
      throw wrong;
    }
  }

  /// Reads those of these blobs that are here, and removes the damaged ones, so that they can be
  /// fetched again.
  ///
  /// @param progress expects and advances by what is read
  void dropDamaged(Collection<Descriptor> blobs, Progress progress, Cancellation cancellation)
      throws IOException {
    List<Descriptor> here = new ArrayList<>();
    for (Descriptor blob : blobs) if (layout.has(blob)) here.add(blob);
    here.forEach(blob -> progress.expect(blob.size()));
    for (Descriptor blob : here) {
      if (!layout.proves(blob, progress, cancellation)) {
        Files.deleteIfExists(layout.path(blob.digest()));
      }
    }
  }

  /// Names an image whose blobs are here. What had its name before keeps its blobs until [#prune].
  ///
  /// @throws Problem when a blob is missing
  public void add(Image image) throws IOException {
    LayoutIndex.Named named = LayoutIndex.Named.of(image);
    layout.image(named);
    AtomicFiles.syncFolder(layout.blobs());
    write(layout.lines().with(named));
  }

  /// Removes an image's name, for all platforms; [#prune] then removes its blobs.
  ///
  /// @param reference as it was written when the image was added, or as Docker would complete it
  /// @return false when there was none of that name
  public boolean remove(String reference) throws IOException {
    ImageReference wanted = ImageReference.parse(reference);
    LayoutIndex before = layout.lines();
    LayoutIndex after =
        before.without(each ->
            each.reference().text().equals(reference)
                || each.reference().canonical().equals(wanted.canonical()));
    if (after.equals(before)) return false;
    write(after);
    return true;
  }

  /// Removes the names of all images but these; [#prune] then removes their blobs.
  ///
  /// @param targets what the references of images to keep name
  public void retain(Set<Digest> targets) throws IOException {
    LayoutIndex before = layout.lines();
    LayoutIndex after = before.without(each -> !targets.contains(each.target().digest()));
    if (!after.equals(before)) write(after);
  }

  /// Removes the blobs that no image here needs, and what broken downloads left.
  ///
  /// @return bytes freed
  /// @throws Problem when it cannot be known what is needed; then nothing was removed
  public long prune() throws IOException {
    Set<Digest> needed = new NeededBlobs(layout).all();
    long freed = FolderFiles.delete(incoming());
    try (var files = Files.newDirectoryStream(layout.blobs())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean isBlob = name.length() == 64 && Digest.looksLike(name);
        if (isBlob && !needed.contains(Digest.parse(name))) freed += FolderFiles.delete(file);
      }
    }
    return freed;
  }

  ImageLayout layout() {
    return layout;
  }

  /// Where a download is kept from one run to the next until it is whole.
  PartialFile partial(Digest digest) throws IOException {
    Files.createDirectories(incoming());
    return new PartialFile(incoming().resolve(digest.hex()));
  }

  /// Takes in a whole download whose digest was checked.
  void keep(Descriptor blob, PartialFile whole) throws IOException {
    try {
      try (FileChannel channel = FileChannel.open(whole.path(), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(whole.path(), layout.path(blob.digest()), StandardCopyOption.ATOMIC_MOVE);
      whole.delete();
    } catch (FileSystemException e) {
      throw DiskTrouble.with(layout.path(blob.digest()), e);
    }
  }

  /// Removes the place of downloads once nothing waits in it any more.
  private void leaveNothingEmpty() throws IOException {
    if (!Files.isDirectory(incoming())) return;
    boolean isEmpty;
    try (var left = Files.list(incoming())) {
      isEmpty = left.findAny().isEmpty();
    }
    if (isEmpty) Files.delete(incoming());
  }

  private Path incoming() {
    return layout.folder().resolve("incoming");
  }

  private void write(LayoutIndex index) throws IOException {
    AtomicFiles.write(layout.index(), index.bytes());
  }

  private static FileChannel open(Path aside) throws IOException {
    return FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public void close() throws IOException {
    try {
      leaveNothingEmpty();
    } finally {
      turn.close();
    }
  }
}
