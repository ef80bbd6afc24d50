package org.fieldlift.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A web server as plain ones are (ranges, strong tags), over a slow line.
final class SlowServer implements AutoCloseable {
  private static final int CHUNK = 64 << 10;
  private static final long BYTES_PER_MILLI = 20_000;

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();

  SlowServer(Path folder) throws IOException {
    this.folder = folder;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /// Bytes that went out so far.
  long sent() {
    return sent.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] all = Files.readAllBytes(file);
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      exchange.getResponseHeaders().set("ETag", "\"" + Digests.of(file) + "\"");
      if (from >= all.length && from > 0) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + all.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (range != null) {
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, all.length - from);
      send(all, from, exchange.getResponseBody());
    } catch (IOException clientIsGone) {
      // Killing the client is what these tests do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(byte[] all, int from, OutputStream out)
      throws IOException, InterruptedException {
    for (int at = from; at < all.length; at += CHUNK) {
      int length = Math.min(CHUNK, all.length - at);
      out.write(all, at, length);
      sent.addAndGet(length);
      Thread.sleep(length / BYTES_PER_MILLI);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
