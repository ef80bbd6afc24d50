package org.fieldlift.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes of a known length that can be read from any offset, any number of times, by any thread.
public interface Content {
  /// Length in bytes.
  long size();

  /// Fills the buffer's remaining room from the offset on.
  ///
  /// @throws EOFException when the content ends before the buffer is full
  void read(long offset, ByteBuffer into) throws IOException;

  /// These bytes.
  static Content of(byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        if (offset + into.remaining() > bytes.length) throw new EOFException();
        into.put(bytes, Math.toIntExact(offset), into.remaining());
      }
    };
  }

  /// A file whose length is already known. It is opened for each read, so nothing stays open.
  static Content of(Path file, long size) {
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          long position = offset;
          while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
              throw new EOFException(file + " is shorter than " + size + " bytes");
            }
            position += count;
          }
        }
      }
    };
  }

  /// A stretch of this content.
  default Content slice(long from, long length) {
    Content whole = this;
    if (from < 0 || length < 0 || from + length > size()) {
      throw new IndexOutOfBoundsException("bytes " + from + "+" + length + " of " + size());
    }
    return new Content() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        if (offset + into.remaining() > length) throw new EOFException();
        whole.read(from + offset, into);
      }
    };
  }

  /// All bytes in order.
  default InputStream stream() {
    return new ContentStream(this);
  }

  /// The whole content in memory.
  ///
  /// @param limit refuses anything longer, so that a foreign length cannot exhaust memory
  default byte[] bytes(int limit, String what) throws IOException {
    if (size() > limit) throw Limits.tooLarge(what, size(), limit);
    ByteBuffer all = ByteBuffer.allocate((int) size());
    read(0, all);
    return all.array();
  }
}
