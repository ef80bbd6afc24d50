package org.fieldlift.acceptance;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// What a drive is made of inside: keeps what is written to it. Tests make it fail by overriding.
class Medium {
  private static final int SECTOR = 512;

  private final Path file;
  private final long size;
  private final FileChannel chip;

  /// @param size what it claims, in bytes
  Medium(Path file, long size) {
    this.file = file;
    this.size = size;
    try {
      chip =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.SPARSE);
      chip.write(ByteBuffer.allocate(1), size - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final Path file() {
    return file;
  }

  final long size() {
    return size;
  }

  /// @throws IOException to answer with an input/output error
  void write(long offset, ByteBuffer from) throws IOException {
    for (long at = offset; from.hasRemaining(); ) at += chip.write(from, at);
  }

  /// @throws IOException to answer with an input/output error
  void read(long offset, ByteBuffer into) throws IOException {
    for (long at = offset; into.hasRemaining(); ) {
      int count = chip.read(into, at);
      if (count < 0) throw new EOFException();
      at += count;
    }
  }

  /// Whether nothing can take the drive for a finished one.
  final boolean isBlank() throws IOException {
    ByteBuffer first = ByteBuffer.allocate(SECTOR);
    chip.read(first, 0);
    return Arrays.equals(first.array(), new byte[SECTOR]);
  }
}
