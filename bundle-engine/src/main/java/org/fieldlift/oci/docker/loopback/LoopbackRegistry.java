package org.fieldlift.oci.docker.loopback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.jspecify.annotations.Nullable;

/// A registry on this machine's own loopback, for as long as a daemon pulls. It has the images on
/// its shelf, can be asked for nothing else, and takes nothing.
///
/// @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull">OCI
///   distribution specification, pull</a>
final class LoopbackRegistry implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/v2/([a-z0-9/._-]{1,255})/(manifests|blobs)/([A-Za-z0-9:._-]{1,200})");
  private static final String HTTPS_PORT = ":443";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RegistryShelf shelf;
  private final ImageLayout layout;
  private final BlobReply blobs;
  private final @Nullable String always;
  private final Consumer<Problem> trouble;

  private LoopbackRegistry(
      HttpServer server,
      RegistryShelf shelf,
      ImageLayout layout,
      BlobReply blobs,
      Consumer<Problem> trouble,
      @Nullable String always) {
    this.server = server;
    this.shelf = shelf;
    this.layout = layout;
    this.blobs = blobs;
    this.trouble = trouble;
    this.always = always;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// Speaks for the registries whose names the certificate has.
  ///
  /// @param trouble hears what is wrong with our own images; the daemon only sees that the
  ///   connection broke, and tries again
  /// @throws java.net.BindException when the port is taken
  static LoopbackRegistry secure(
      InetSocketAddress at,
      LoopbackCertificate certificate,
      RegistryShelf shelf,
      ImageLayout layout,
      BlobReply blobs,
      Consumer<Problem> trouble)
      throws IOException {
    HttpsServer server = HttpsServer.create(at, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    return new LoopbackRegistry(server, shelf, layout, blobs, trouble, null);
  }

  /// Mirrors Docker Hub.
  static LoopbackRegistry mirror(
      InetSocketAddress at,
      RegistryShelf shelf,
      ImageLayout layout,
      BlobReply blobs,
      Consumer<Problem> trouble)
      throws IOException {
    HttpServer server = HttpServer.create(at, 0);
    return new LoopbackRegistry(server, shelf, layout, blobs, trouble, ImageReference.DOCKER_HUB);
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) refuse(exchange, 405, "UNSUPPORTED");
      else answer(exchange, exchange.getRequestURI().getPath());
    } catch (Problem ours) {
      trouble.accept(ours);
      throw ours;
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/v2/") || path.equals("/v2")) {
      give(exchange, "application/json", "{}".getBytes(StandardCharsets.US_ASCII));
      return;
    }
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      refuse(exchange, 404, "NAME_UNKNOWN");
      return;
    }
    boolean isManifest = parts.group(2).equals("manifests");
    String registry = registry(exchange);
    Optional<Descriptor> found =
        isManifest
            ? shelf.manifest(registry, parts.group(1), parts.group(3))
            : shelf.blob(registry, parts.group(1), parts.group(3));
    if (found.isEmpty()) {
      refuse(exchange, 404, isManifest ? "MANIFEST_UNKNOWN" : "BLOB_UNKNOWN");
      return;
    }
    Descriptor wanted = found.get();
    exchange.getResponseHeaders().set("Docker-Content-Digest", wanted.digest().toString());
    if (isManifest) give(exchange, wanted.mediaType(), layout.document(wanted));
    else blobs.give(exchange, wanted);
  }

  private String registry(HttpExchange exchange) {
    if (always != null) return always;
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null) return "";
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(HTTPS_PORT)
        ? name.substring(0, name.length() - HTTPS_PORT.length())
        : name;
  }

  private static void give(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] words =
        "{\"errors\":[{\"code\":\"%s\",\"message\":\"not here\"}]}"
            .formatted(code)
            .getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : words.length);
    if (!isHead) exchange.getResponseBody().write(words);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
