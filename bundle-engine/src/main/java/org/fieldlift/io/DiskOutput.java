package org.fieldlift.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// Bytes on their way to a disk. When they cannot be written, the [Problem] names the file they are
/// for: what the system says of a full disk names none, and on the way up it would be taken for a
/// fault of whatever was being read.
///
/// Closing it leaves the channel open.
public final class DiskOutput extends OutputStream implements WritableByteChannel {
  private final Path file;
  private final WritableByteChannel channel;

  /// @param file what a person knows it by, whatever name it is written under
  public DiskOutput(Path file, WritableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single});
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    while (left.hasRemaining()) write(left);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    try {
      return channel.write(bytes);
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }
}
