package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// A registry that can be made to ask for names, to send clients elsewhere, and to lie.
final class FakeRegistry implements AutoCloseable {
  /// Answers one request in its own way.
  @FunctionalInterface
  interface Trick {
    void play(HttpExchange exchange, byte[] blob) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Trick> tricks = new ConcurrentHashMap<>();
  private volatile @Nullable String challenge;
  private volatile String admitted = "";
  volatile String login = "";

  /// The forms that were sent for a token, which this registry takes in place of a login.
  final List<String> forms = new CopyOnWriteArrayList<>();

  /// Each request: path, range and what it said of itself.
  final List<Request> requests = new CopyOnWriteArrayList<>();

  record Request(
      String path, @Nullable String query, @Nullable String range, @Nullable String login) {}

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  URI base() {
    return URI.create("http://" + host() + "/");
  }

  /// Puts an image in under a tag, and all of it under its digests.
  void push(String repository, String tag, Descriptor target, SampleImage image) {
    manifests.put(repository + "/manifests/" + tag, image.bytes(target));
    image.blobs.forEach((digest, bytes) -> {
      manifests.put(repository + "/manifests/" + digest, bytes);
      blobs.put(digest, bytes);
    });
  }

  void forget(Descriptor blob) {
    blobs.remove(blob.digest());
  }

  /// Every request whose path contains the text is answered so.
  FakeRegistry trick(String path, Trick trick) {
    tricks.put(path, trick);
    return this;
  }

  void untrick(String path) {
    tricks.remove(path);
  }

  FakeRegistry wantBasic(String user, String password) {
    challenge = "Basic realm=\"lab\"";
    admitted = basic(user, password);
    return this;
  }

  /// @param realm where tokens are; this registry gives them at `/token` to the login it was told
  FakeRegistry wantToken(String realm) {
    challenge = "Bearer realm=\"" + realm + "\",service=\"fake\",scope=\"repository:lab/app:pull\"";
    admitted = "Bearer secret-token";
    return this;
  }

  static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  long fetched(Descriptor blob) {
    return requests.stream().filter(each -> each.path().endsWith("" + blob.digest())).count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String said = exchange.getRequestHeaders().getFirst("Authorization");
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(new Request(path, exchange.getRequestURI().getRawQuery(), range, said));
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (exchange.getRequestMethod().equals("POST")) forms.add(form);
      byte[] blob = blob(path);
      for (Map.Entry<String, Trick> trick : tricks.entrySet()) {
        if (!path.contains(trick.getKey())) continue;
        trick.getValue().play(exchange, blob == null ? new byte[0] : blob);
        return;
      }
      if (path.equals("/token")) token(exchange, said);
      else if (challenge != null && !admitted.equals(said)) {
        exchange.getResponseHeaders().set("WWW-Authenticate", Objects.requireNonNull(challenge));
        exchange.sendResponseHeaders(401, -1);
      } else if (path.equals("/v2/")) send(exchange, 200, "{}".getBytes(UTF_8), 0);
      else if (blob == null) exchange.sendResponseHeaders(404, -1);
      else serve(exchange, blob, range);
    }
  }

  private byte @Nullable [] blob(String path) {
    if (path.contains("/blobs/")) {
      String digest = path.substring(path.lastIndexOf('/') + 1);
      return Digest.looksLike(digest) ? blobs.get(Digest.parse(digest)) : null;
    }
    return path.startsWith("/v2/") ? manifests.get(path.substring("/v2/".length())) : null;
  }

  private void token(HttpExchange exchange, @Nullable String said) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      send(exchange, 200, "{\"access_token\":\"secret-token\"}".getBytes(UTF_8), 0);
      return;
    }
    if (!login.isEmpty() && !login.equals(said)) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    send(exchange, 200, "{\"token\":\"secret-token\"}".getBytes(UTF_8), 0);
  }

  static void serve(HttpExchange exchange, byte[] bytes, @Nullable String range)
      throws IOException {
    exchange.getResponseHeaders().set("ETag", '"' + Digest.of(bytes).toString() + '"');
    if (range == null) {
      send(exchange, 200, bytes, 0);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    send(exchange, 206, bytes, from);
  }

  private static void send(HttpExchange exchange, int status, byte[] bytes, int from)
      throws IOException {
    exchange.sendResponseHeaders(status, bytes.length - from);
    exchange.getResponseBody().write(bytes, from, bytes.length - from);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
