package org.fieldlift.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real registry (Debian's docker-registry) on this machine.
final class LabRegistry implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> pushed = new HashSet<>();
  private final Process process;
  private final int port;

  private LabRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts one; the test is skipped, saying why, where the program is missing.
  ///
  /// @param folder a new one, for all it has
  static LabRegistry start(Path folder) throws IOException {
    Program.needs("docker-registry");
    Files.createDirectories(folder);
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("config.yml"),
            """
            version: 0.1
            log: {level: error}
            storage: {filesystem: {rootdirectory: %s}}
            http: {addr: "127.0.0.1:%d"}
            """
                .formatted(folder.resolve("data"), port));
    Process process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    LabRegistry registry = new LabRegistry(process, port);
    registry.await();
    return registry;
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /// Pushes every image of a layout under the repository and tag of its name, whatever registry the
  /// name says.
  void push(Path layout) throws IOException {
    JsonNode index = JSON.readTree(Files.readAllBytes(layout.resolve("index.json")));
    for (JsonNode line : index.path("manifests")) {
      String path =
          path(line.path("annotations").path("org.opencontainers.image.ref.name").asString(""));
      int colon = path.lastIndexOf(':');
      manifest(layout, path.substring(0, colon), line, path.substring(colon + 1));
    }
  }

  /// Repository and tag of an image's name, as Docker completes it.
  private static String path(String name) {
    String tagged = name.replaceFirst("@.*", "");
    int slash = tagged.indexOf('/');
    if (slash < 0) return "library/" + tagged;
    String first = tagged.substring(0, slash);
    boolean isRegistry = first.contains(".") || first.contains(":");
    return isRegistry ? tagged.substring(slash + 1) : tagged;
  }

  private void manifest(Path layout, String repository, JsonNode line, String as)
      throws IOException {
    Path file = blob(layout, line);
    JsonNode document = JSON.readTree(Files.readAllBytes(file));
    for (JsonNode each : document.path("manifests")) {
      manifest(layout, repository, each, each.path("digest").asString(""));
    }
    if (document.has("config")) layer(layout, repository, document.path("config"));
    for (JsonNode each : document.path("layers")) layer(layout, repository, each);
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(address() + "/v2/" + repository + "/manifests/" + as))
            .header("Content-Type", line.path("mediaType").asString(""))
            .PUT(BodyPublishers.ofFile(file))
            .build();
    assertThat(send(put).statusCode()).isEqualTo(201);
  }

  private void layer(Path layout, String repository, JsonNode line) throws IOException {
    String digest = line.path("digest").asString("");
    if (!pushed.add(repository + digest)) return;
    URI base = URI.create(address() + "/v2/" + repository + "/blobs/uploads/");
    String place =
        send(HttpRequest.newBuilder(base).POST(BodyPublishers.noBody()).build())
            .headers()
            .firstValue("Location")
            .orElseThrow();
    String address = base.resolve(place) + (place.contains("?") ? "&" : "?") + "digest=" + digest;
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofFile(blob(layout, line)))
            .build();
    assertThat(send(put).statusCode()).isEqualTo(201);
  }

  private static Path blob(Path layout, JsonNode line) {
    return layout.resolve("blobs/" + line.path("digest").asString("").replace(':', '/'));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString(UTF_8));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void await() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        send(HttpRequest.newBuilder(URI.create(address() + "/v2/")).build());
        return;
      } catch (ConnectException notYet) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
