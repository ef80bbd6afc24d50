package org.fieldlift.acceptance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Shows a medium to one client as a network block device, as much of the protocol as QEMU asks for
/// (github.com/NetworkBlockDevice/nbd, doc/proto.md: fixed newstyle, simple replies).
final class NbdServer implements AutoCloseable {
  private static final long HELLO = 0x4e42444d41474943L; // "NBDMAGIC"
  private static final long OPTION = 0x49484156454F5054L; // "IHAVEOPT"
  private static final long OPTION_REPLY = 0x3e889045565a9L;
  private static final int NEWSTYLE_WITHOUT_ZEROES = 3;
  private static final int GO = 7;
  private static final int ACK = 1;
  private static final int INFO = 3;
  private static final int UNKNOWN = 0x80000001;
  private static final int CAN_FLUSH = 5;
  private static final int REPLY = 0x67446698;
  private static final int EIO = 5;

  private final Medium medium;
  private final ServerSocketChannel door;
  private volatile @Nullable SocketChannel client;

  NbdServer(Medium medium, Path socket) throws IOException {
    this.medium = medium;
    door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().name("medium " + socket.getFileName()).start(this::serve);
  }

  private void serve() {
    try (SocketChannel channel = door.accept()) {
      client = channel;
      DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
      greet(in, out);
      while (answer(in, out)) out.flush();
    } catch (ClosedChannelException | EOFException e) {
      // The drive was pulled out, or QEMU has gone.
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void greet(DataInputStream in, DataOutputStream out) throws IOException {
    out.writeLong(HELLO);
    out.writeLong(OPTION);
    out.writeShort(NEWSTYLE_WITHOUT_ZEROES);
    in.readInt();
    for (int option = 0; option != GO; ) {
      in.readLong();
      option = in.readInt();
      in.readNBytes(in.readInt());
      if (option == GO) {
        reply(out, option, INFO, 12);
        out.writeShort(0); // NBD_INFO_EXPORT
        out.writeLong(medium.size());
        out.writeShort(CAN_FLUSH);
      }
      reply(out, option, option == GO ? ACK : UNKNOWN, 0);
    }
  }

  private static void reply(DataOutputStream out, int option, int type, int length)
      throws IOException {
    out.writeLong(OPTION_REPLY);
    out.writeInt(option);
    out.writeInt(type);
    out.writeInt(length);
  }

  private boolean answer(DataInputStream in, DataOutputStream out) throws IOException {
    in.readInt(); // magic
    in.readShort(); // flags
    int type = in.readShort();
    long cookie = in.readLong();
    long offset = in.readLong();
    int length = in.readInt();
    ByteBuffer bytes = ByteBuffer.allocate(type < 2 ? length : 0);
    int error = 0;
    if (type == 1) in.readFully(bytes.array());
    try {
      if (type == 0) medium.read(offset, bytes);
      if (type == 1) medium.write(offset, bytes);
    } catch (IOException e) {
      error = EIO;
    }
    out.writeInt(REPLY);
    out.writeInt(error);
    out.writeLong(cookie);
    if (type == 0 && error == 0) out.write(bytes.array());
    return type != 2; // NBD_CMD_DISC
  }

  /// Hangs up: every further operation fails, as on a drive that is gone.
  @Override
  public void close() throws IOException {
    door.close();
    SocketChannel channel = client;
    if (channel != null) channel.close();
  }
}
