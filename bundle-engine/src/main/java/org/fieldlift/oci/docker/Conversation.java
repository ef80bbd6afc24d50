package org.fieldlift.oci.docker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.fieldlift.io.Cancellation;
import org.jspecify.annotations.Nullable;

/// One request over a daemon's socket and its answer.
///
/// An upload and the answer run at the same time: a daemon that cannot go on says why while it is
/// still being sent to, and then closes. Its words would be lost to a client that first sends and
/// then reads.
final class Conversation implements Closeable {
  static final int LONGEST_LINE = 16 << 10;
  static final int MOST_HEADERS = 100;

  private static final int BUFFER = 64 << 10;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(LONGEST_LINE)
          .setMaxHeaderCount(MOST_HEADERS)
          .setBufferSize(BUFFER)
          .build();

  private final SocketChannel channel;
  private final Cancellation cancellation;
  private final Thread watch;
  private volatile boolean isLate;
  private @Nullable Upload upload;

  /// @param body ends where the daemon's answer ends
  record Answer(int status, InputStream body) {}

  private Conversation(SocketChannel channel, Cancellation cancellation, Duration longest) {
    this.channel = channel;
    this.cancellation = cancellation;
    long start = System.nanoTime();
    this.watch = Thread.ofVirtual().name("docker-watch").start(() -> watch(start, longest));
  }

  /// @param longest how long all of it may take
  static Conversation begin(Path socket, Cancellation cancellation, Duration longest)
      throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean isConnected = false;
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      isConnected = true;
      return new Conversation(channel, cancellation, longest);
    } finally {
      if (!isConnected) channel.close();
    }
  }

  /// Sends a request without a body.
  Answer ask(String method, String path) throws IOException {
    String length = method.equals("GET") ? "" : "Content-Length: 0\r\n";
    return exchange(head(method, path) + length + "\r\n", null);
  }

  /// Sends a tar.
  Answer send(String path, Docker.Body body) throws IOException {
    String head = head("POST", path);
    return exchange(
        head + "Content-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n", body);
  }

  /// What the daemon's answer broke off for: a wish to stop, a deadline, what went wrong on our
  /// side of an upload, or else the cause itself.
  IOException reason(IOException cause) {
    if (cause instanceof Cancellation.Cancelled) return cause;
    try {
      cancellation.check();
    } catch (Cancellation.Cancelled stopped) {
      return stopped;
    }
    if (upload != null && upload.failure() instanceof IOException ours) return ours;
    return isLate ? new IOException("no answer in time", cause) : cause;
  }

  private static String head(String method, String path) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: docker\r\nUser-Agent: fieldlift\r\n"
        + "Connection: close\r\n";
  }

  private Answer exchange(String head, Docker.@Nullable Body body) throws IOException {
    OutputStream out = Channels.newOutputStream(channel);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (body != null) {
      SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER);
      upload = new Upload(body, new ChunkedOutputStream(buffer, out, BUFFER), channel);
      Thread.ofVirtual().name("docker-upload").start(upload);
    }
    return read(Channels.newInputStream(channel));
  }

  /// The head of an answer, and its body ready to be read.
  static Answer read(InputStream in) throws IOException {
    SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER, LONGEST_LINE);
    try {
      DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);
      ClassicHttpResponse response = parser.parse(buffer, in);
      while (response != null && response.getCode() < 200) response = parser.parse(buffer, in);
      if (response == null) throw new IOException("the connection ended without an answer");
      long length = DefaultContentLengthStrategy.INSTANCE.determineLength(response);
      InputStream body =
          length == ContentLengthStrategy.CHUNKED
              ? new ChunkedInputStream(buffer, in, LIMITS)
              : length >= 0
                  ? new ContentLengthInputStream(buffer, in, length)
                  : new IdentityInputStream(buffer, in);
      return new Answer(
          response.getCode(), response.getCode() == 204 ? InputStream.nullInputStream() : body);
    } catch (HttpException | IllegalArgumentException e) { // the latter for a status of 0
      throw new IOException("the answer is not HTTP", e);
    }
  }

  private void watch(long start, Duration longest) {
    try {
      while (!cancellation.isCancelled()) {
        isLate = System.nanoTime() - start > longest.toNanos();
        if (isLate) break;
        Thread.sleep(LOOK);
      }
      channel.close();
    } catch (InterruptedException | IOException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    channel.close();
  }
}
