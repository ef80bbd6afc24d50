package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Limits;

/// A small file of the system that others read all the time, such as `/etc/hosts`.
///
/// @param path a link is followed, as those others do
record SystemFile(Path path) {
  static final int LARGEST = 4 << 20;

  private static final String READABLE = "rw-r--r--";

  /// Its bytes; nothing when it is not there.
  Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Limits.readFile(path, LARGEST));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /// Replaces or makes it, with the owner and the permissions it had. Where it is mounted by itself
  /// (in a container, mostly), nothing can be renamed over it, and it is written in place.
  void write(byte[] bytes) throws IOException {
    Path real = Files.exists(path) ? path.toRealPath() : path;
    Path aside = AtomicFiles.aside(real);
    try {
      try (FileChannel channel =
          FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(channel, bytes);
        likeBefore(real, aside);
        channel.force(true);
      }
      require(aside, bytes);
      AtomicFiles.publish(aside, real);
    } catch (FileSystemException mounted) {
      if (!Files.isWritable(real) || !isBusy(mounted)) throw mounted;
      writeInPlace(real, bytes);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  private static void likeBefore(Path real, Path aside) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(aside, PosixFileAttributeView.class);
    if (!Files.exists(real)) {
      view.setPermissions(PosixFilePermissions.fromString(READABLE));
      return;
    }
    PosixFileAttributes before = Files.readAttributes(real, PosixFileAttributes.class);
    view.setPermissions(before.permissions());
    view.setOwner(before.owner());
    view.setGroup(before.group());
  }

  /// Others may read half of it meanwhile; when it cannot be finished, it is as it was again.
  private void writeInPlace(Path real, byte[] bytes) throws IOException {
    byte[] before = Limits.readFile(real, LARGEST);
    boolean isWhole = false;
    try {
      overwrite(real, bytes);
      isWhole = true;
    } finally {
      if (!isWhole) overwrite(real, before);
    }
  }

  private void overwrite(Path real, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(real, StandardOpenOption.WRITE)) {
      write(channel, bytes);
      channel.truncate(bytes.length);
      channel.force(true);
    }
    require(real, bytes);
  }

  /// A full disk takes a part of what it is given, and says so only at the next part.
  void write(WritableByteChannel channel, byte[] bytes) throws IOException {
    try (DiskOutput out = new DiskOutput(path, channel)) {
      out.write(bytes);
    }
  }

  /// Stops half a file from being taken for the whole, whatever a file system said of it.
  private void require(Path written, byte[] bytes) throws IOException {
    if (Arrays.equals(Limits.readFile(written, LARGEST), bytes)) return;
    throw DiskTrouble.with(path, new IOException("it does not keep what is written"));
  }

  private static boolean isBusy(FileSystemException cause) {
    String reason = cause.getReason();
    return reason != null && (reason.contains("busy") || reason.contains("cross-device"));
  }
}
