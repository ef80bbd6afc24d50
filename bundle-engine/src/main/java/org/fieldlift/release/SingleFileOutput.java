package org.fieldlift.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fieldlift.archive.Part;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskOutput;

/// Writes a single file: room for the head, the parts behind it, the head last.
final class SingleFileOutput implements ReleaseOutput {
  private final Path target;
  private final Path aside;
  private final FileChannel channel;
  private final OutputStream parts;
  private final long headSize;

  private SingleFileOutput(Path target, Path aside, FileChannel channel, long headSize) {
    this.target = target;
    this.aside = aside;
    this.channel = channel;
    this.parts = new DiskOutput(target, channel);
    this.headSize = headSize;
  }

  static SingleFileOutput begin(Path target, Path aside, int jsonLength) throws IOException {
    long headSize = SingleHead.size(jsonLength);
    FileChannel channel =
        FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.position(headSize);
    return new SingleFileOutput(target, aside, channel, headSize);
  }

  @Override
  public OutputStream begin() {
    return parts;
  }

  @Override
  public void end(Part part) {}

  @Override
  public void finish(SignedRelease signed, PartList list) throws IOException {
    byte[] head = SingleHead.write(signed);
    if (head.length != headSize) {
      throw new IllegalStateException("head of " + head.length + ", kept " + headSize);
    }
    channel.position(0);
    parts.write(head);
    channel.force(true);
    channel.close();
    ReleaseOutput.refuseExisting(target);
    AtomicFiles.publish(aside, target);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(aside);
  }
}
