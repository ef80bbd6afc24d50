package org.fieldlift.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A web server as plain ones are (ranges, strong tags), over a line as slow, and as bad, as a test
/// wants it.
final class WebServer implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  /// Answers one request for a file in its own way.
  @FunctionalInterface
  interface Trick {
    void play(HttpExchange exchange, byte[] file) throws IOException;
  }

  private final Path folder;
  private final HttpServer server;
  private final long bytesPerMilli;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Deque<Trick> tricks = new ArrayDeque<>();
  private volatile String tricked = "";

  private WebServer(Path folder, HttpServer server, long bytesPerMilli) {
    this.folder = folder;
    this.server = server;
    this.bytesPerMilli = bytesPerMilli;
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  static WebServer over(Path folder) throws IOException {
    return new WebServer(folder, HttpServer.create(anywhere(), 0), Long.MAX_VALUE);
  }

  /// At 20 MB/s.
  static WebServer slow(Path folder) throws IOException {
    return new WebServer(folder, HttpServer.create(anywhere(), 0), 20_000);
  }

  /// @param identity the certificate it shows
  static WebServer secure(Path folder, SSLContext identity) throws IOException {
    HttpsServer server = HttpsServer.create(anywhere(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    return new WebServer(folder, server, Long.MAX_VALUE);
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort() + "/";
  }

  /// Bytes of files that went out so far.
  long sent() {
    return sent.get();
  }

  /// Path, range and proxy password of each request so far.
  List<String> requests() {
    return requests;
  }

  /// The next requests for paths that hold this text are answered by these tricks, one each.
  WebServer next(String path, Trick... each) {
    synchronized (tricks) {
      tricked = path;
      tricks.clear();
      tricks.addAll(Arrays.asList(each));
    }
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    if (exchange.getRequestHeaders().containsKey("Proxy-Authorization")) requests.add("password");
    try (exchange) {
      Path file = folder.resolve(path.substring(1)).normalize();
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] all = Files.readAllBytes(file);
      Trick trick = trick(path);
      if (trick == null) serve(exchange, all);
      else trick.play(exchange, all);
    } catch (IOException clientIsGone) {
      // Killing the client is what these tests do.
    }
  }

  private @Nullable Trick trick(String path) {
    synchronized (tricks) {
      return path.contains(tricked) ? tricks.poll() : null;
    }
  }

  private void serve(HttpExchange exchange, byte[] all) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    String tag = tag(all);
    boolean isWhole = range == null || (condition != null && !condition.equals(tag));
    int from = isWhole ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    exchange.getResponseHeaders().set("ETag", tag);
    if (from >= all.length && from > 0) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + all.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (!isWhole) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
    }
    exchange.sendResponseHeaders(isWhole ? 200 : 206, all.length - from);
    send(exchange.getResponseBody(), all, from, all.length);
  }

  static String tag(byte[] all) throws IOException {
    return "\"" + Digests.of(all) + "\"";
  }

  /// Sends part of a file at the speed of the line, counting before the client has it, so that a
  /// test that looks sees it.
  void send(OutputStream out, byte[] all, int from, int to) throws IOException {
    try {
      for (int at = from; at < to; at += CHUNK) {
        int length = Math.min(CHUNK, to - at);
        sent.addAndGet(length);
        out.write(all, at, length);
        out.flush();
        Thread.sleep(length / bytesPerMilli);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
