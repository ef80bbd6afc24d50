package org.fieldlift.oci.docker;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.jspecify.annotations.Nullable;

/// The sending half of a conversation, on its own thread.
///
/// What goes wrong with our bytes breaks the connection, so that the daemon never takes half of
/// them for all. What goes wrong with the connection is left to the reading half: the daemon's own
/// words may still be there.
final class Upload implements Runnable {
  private final Docker.Body body;
  private final ChunkedOutputStream out;
  private final SocketChannel channel;
  private volatile boolean isBroken;
  private volatile @Nullable IOException failure;

  Upload(Docker.Body body, ChunkedOutputStream out, SocketChannel channel) {
    this.body = body;
    this.out = out;
    this.channel = channel;
  }

  /// What went wrong with our bytes, if anything did.
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void run() {
    boolean isWhole = false;
    try {
      body.writeTo(new Guarded());
      finish();
      isWhole = true;
    } catch (IOException e) {
      if (!isBroken) failure = e;
    } finally {
      if (!isWhole && !isBroken) breakOff();
    }
  }

  private void finish() throws IOException {
    try {
      out.finish();
      out.flush();
    } catch (IOException e) {
      isBroken = true;
      throw e;
    }
  }

  private void breakOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // Then it is broken already.
    }
  }

  /// Tells trouble with the connection from trouble with the bytes.
  private final class Guarded extends FilterOutputStream {
    Guarded() {
      super(OutputStream.nullOutputStream());
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        Upload.this.out.write(bytes, offset, length);
      } catch (IOException e) {
        isBroken = true;
        throw e;
      }
    }
  }
}
