package org.fieldlift.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fieldlift.archive.Part;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Writes the directory form: each part under its digest, the lists last.
final class DirectoryOutput implements ReleaseOutput {
  private final Path target;
  private final Path aside;
  private @Nullable FileChannel writing;

  private DirectoryOutput(Path target, Path aside) {
    this.target = target;
    this.aside = aside;
  }

  static DirectoryOutput begin(Path target, Path aside) throws IOException {
    Files.createDirectories(aside.resolve(FormFiles.PARTS_FOLDER));
    return new DirectoryOutput(target, aside);
  }

  @Override
  public OutputStream begin() throws IOException {
    FileChannel channel =
        FileChannel.open(unnamed(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    writing = channel;
    return new DiskOutput(target, channel);
  }

  @Override
  public void end(Part part) throws IOException {
    if (writing != null) writing.force(true);
    closePart();
    Files.move(unnamed(), aside.resolve(FormFiles.part(part)));
  }

  /// Gives the part a second name where the file system can, so that it takes neither time nor
  /// room; else has the system copy it.
  @Override
  public void take(Part part, Path file) throws IOException {
    Path place = aside.resolve(FormFiles.part(part));
    try {
      Files.createLink(place, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      copy(file, place);
    }
    if (Files.size(place) == part.size()) return;
    throw Problem.failed(
        PlainText.of(file.toString()) + " changed while it was being packed.",
        "Let nothing write to that release, then try again.");
  }

  @Override
  public void finish(SignedRelease signed, PartList parts) throws IOException {
    AtomicFiles.syncFolder(aside.resolve(FormFiles.PARTS_FOLDER));
    FormFiles.write(aside, signed);
    AtomicFiles.write(aside.resolve(FormFiles.PARTS), parts.toJson());
    AtomicFiles.write(aside.resolve(FormFiles.SUMS), FormFiles.sums(parts));
    ReleaseOutput.refuseExisting(target);
    AtomicFiles.publish(aside, target);
  }

  @Override
  public void close() throws IOException {
    closePart();
    FolderFiles.delete(aside);
  }

  private void copy(Path file, Path place) throws IOException {
    try {
      Files.copy(file, place);
      try (FileChannel copied = FileChannel.open(place, StandardOpenOption.WRITE)) {
        copied.force(true);
      }
    } catch (IOException e) {
      throw DiskTrouble.with(target, e);
    }
  }

  /// The part that is being written and whose digest nobody knows yet.
  private Path unnamed() {
    return aside.resolve(FormFiles.PARTS_FOLDER + "part" + AtomicFiles.ASIDE);
  }

  private void closePart() throws IOException {
    FileChannel open = writing;
    writing = null;
    if (open != null) open.close();
  }
}
