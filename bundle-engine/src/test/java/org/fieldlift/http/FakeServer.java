package org.fieldlift.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fieldlift.io.Digest;

/// A web server over a folder that knows ranges and strong validators, and misbehaves once for each
/// trick it was given.
public final class FakeServer implements AutoCloseable {
  /// Answers one request in its own way.
  @FunctionalInterface
  public interface Trick {
    void play(HttpExchange exchange, byte[] file) throws IOException;
  }

  private final HttpServer server;
  private final Path root;
  private final Deque<Trick> tricks = new ArrayDeque<>();
  private volatile String tricked = "/parts/";
  private volatile boolean hasTags = true;

  /// Bytes of files that went out, all in all.
  public final AtomicLong served = new AtomicLong();

  /// Each request's path and range.
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public FakeServer(Path root) throws IOException {
    this.root = root;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// The server as a client sees it that waits in no time.
  ///
  /// @param slept hears how long it would have waited
  public HttpSite site(Duration silence, Consumer<Duration> slept) {
    HttpGet http = new HttpGet(new Egress(Map.of()), silence, Clock.systemUTC(), Access.OPEN);
    return new HttpSite(base(), http, new Patience(slept::accept, new Random(1)));
  }

  /// The same trick for each try of one request.
  public static Trick[] everyTry(Trick trick) {
    return Collections.nCopies(Patience.MOST_TRIES, trick).toArray(Trick[]::new);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /// The next requests for paths that contain the text are answered by these tricks.
  public FakeServer trick(String path, Trick... next) {
    tricked = path;
    tricks.addAll(List.of(next));
    return this;
  }

  /// Gives no validators from now on.
  public FakeServer withoutTags() {
    hasTags = false;
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(path + (range == null ? "" : " " + range));
    try (exchange) {
      Path file = root.resolve(path.substring(1)).normalize();
      Trick trick = null;
      if (path.contains(tricked)) {
        synchronized (tricks) {
          trick = tricks.poll();
        }
      }
      byte[] bytes =
          file.startsWith(root) && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
      if (trick != null) trick.play(exchange, bytes == null ? new byte[0] : bytes);
      else if (bytes == null) exchange.sendResponseHeaders(404, -1);
      else serve(exchange, bytes, range);
    }
  }

  private void serve(HttpExchange exchange, byte[] bytes, String range) throws IOException {
    String tag = '"' + Digest.of(bytes).brief() + '"';
    if (hasTags) exchange.getResponseHeaders().set("ETag", tag);
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    boolean isWhole = range == null || (condition != null && !condition.equals(tag));
    if (isWhole) {
      send(exchange, 200, bytes, 0, bytes.length);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (from >= bytes.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + bytes.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    send(exchange, 206, bytes, from, bytes.length - from);
  }

  private void send(HttpExchange exchange, int status, byte[] bytes, int from, int length)
      throws IOException {
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    served.addAndGet(length); // before the client has them, so that a test that looks sees it
    exchange.getResponseBody().write(bytes, from, length);
  }

  /// Where the last request for the rest of a file began.
  public long resumedAt() {
    String request =
        requests.stream()
            .filter(each -> each.endsWith("-"))
            .reduce((_, last) -> last)
            .orElseThrow();
    return Long.parseLong(request.substring(request.indexOf('=') + 1, request.length() - 1));
  }

  /// Promises everything and breaks off in the middle.
  public Trick cutOff(int after) {
    return (exchange, bytes) -> {
      exchange.getResponseHeaders().set("ETag", '"' + Digest.of(bytes).brief() + '"');
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, after);
      exchange.getResponseBody().flush();
      served.addAndGet(after);
    };
  }

  /// Nothing but a status and headers (names and values in turn).
  public static Trick status(int status, String... headers) {
    return (exchange, _) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /// Other bytes than the file's, of any length.
  public static Trick instead(byte[] other, String... headers) {
    return (exchange, _) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(200, other.length);
      exchange.getResponseBody().write(other);
    };
  }

  /// Sends headers and then nothing more.
  public static Trick stall(long millis) {
    return (exchange, bytes) -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, 10);
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
