package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Debian's docker-registry with a folder of its own, on this computer only.
final class Registry implements AutoCloseable {
  private static final String USER = "ana";
  private static final String PASSWORD = "open sesame";
  private static final String HASHED =
      "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

  private static final String LOOPBACK = "127.0.0.1";

  private static final JsonMapper JSON = new JsonMapper();

  private final Set<String> pushed = new HashSet<>();
  private final Process process;
  private final String host;
  private final HttpClient client = HttpClient.newHttpClient();

  private Registry(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  /// One that is open to everybody; the test is skipped, saying why, where the program is missing.
  ///
  /// @param folder a new one, for all it has
  static Registry open(Path folder) throws IOException {
    return start(folder, LOOPBACK, "", "");
  }

  /// One that speaks https only, with what another had in this folder.
  ///
  /// @param address of this computer
  static Registry secure(Path folder, String address, Path certificate, Path key)
      throws IOException {
    String tls = "  tls: {certificate: %s, key: %s}\n".formatted(certificate, key);
    return start(folder, address, tls, "");
  }

  /// Lets in only [#login].
  static Registry locked(Path folder) throws IOException {
    Path passwords = folder.resolve("htpasswd");
    Files.createDirectories(folder);
    Files.writeString(passwords, USER + ":" + HASHED + "\n");
    return start(
        folder, LOOPBACK, "", "auth:\n  htpasswd:\n    realm: lab\n    path: " + passwords + "\n");
  }

  /// Docker's `config.json` with the login for this registry.
  String login() {
    return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host(), secret());
  }

  String address() {
    return "http://" + host();
  }

  String host() {
    return host;
  }

  /// Puts every image of a layout under the repository and tag of its name, whatever registry the
  /// name says.
  void push(Path layout) throws IOException {
    JsonNode index = JSON.readTree(Files.readAllBytes(layout.resolve("index.json")));
    for (JsonNode line : index.path("manifests")) {
      String name = line.path("annotations").path("org.opencontainers.image.ref.name").asString("");
      String path = path(name);
      int colon = path.lastIndexOf(':');
      String digest = line.path("digest").asString("");
      push(layout, path.substring(0, colon), path.substring(colon + 1), digest);
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

  /// Puts every blob and manifest of an image layout into one repository, and a tag on one of them.
  void push(Path layout, String repository, String tag, String digest) throws IOException {
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      for (Path blob : blobs.toList()) put(repository, blob);
    }
    List<Path> documents;
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      documents = blobs.filter(Registry::isManifest).sorted(Registry::indexesLast).toList();
    }
    for (Path each : documents) manifest(repository, "sha256:" + each.getFileName(), each);
    manifest(repository, tag, layout.resolve("blobs/sha256").resolve(digest.substring(7)));
  }

  private void put(String repository, Path blob) throws IOException {
    if (!pushed.add(repository + blob.getFileName())) return;
    URI uploads = URI.create("http://" + host() + "/v2/" + repository + "/blobs/uploads/");
    HttpResponse<String> begun =
        send(HttpRequest.newBuilder(uploads).POST(HttpRequest.BodyPublishers.noBody()));
    String place = begun.headers().firstValue("Location").orElseThrow();
    URI upload = uploads.resolve(place + "&digest=sha256:" + blob.getFileName());
    HttpResponse<String> done =
        send(HttpRequest.newBuilder(upload).PUT(HttpRequest.BodyPublishers.ofFile(blob)));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
  }

  private void manifest(String repository, String name, Path file) throws IOException {
    String text = Files.readString(file);
    String type = text.replaceFirst("(?s).*?\"mediaType\": ?\"([^\"]+)\".*", "$1");
    URI uri = URI.create("http://" + host() + "/v2/" + repository + "/manifests/" + name);
    HttpResponse<String> done =
        send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofFile(file)));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    request.header("Authorization", "Basic " + secret());
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String secret() {
    byte[] pair = (USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(pair);
  }

  private static boolean isManifest(Path blob) {
    try {
      return Files.size(blob) < 10_000 && Files.readString(blob).contains("\"schemaVersion\"");
    } catch (IOException binary) {
      return false;
    }
  }

  private static int indexesLast(Path one, Path other) {
    return Boolean.compare(isIndex(one), isIndex(other));
  }

  private static boolean isIndex(Path document) {
    try {
      return Files.readString(document).contains("\"manifests\"");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Registry start(Path folder, String address, String tls, String auth)
      throws IOException {
    Program.needs("docker-registry");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder);
    Path config = folder.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log: {level: error}
        storage:
          filesystem: {rootdirectory: %s}
        http:
          addr: "%s:%d"
        """
                .formatted(folder.resolve("data"), address, port)
            + tls
            + auth);
    Process process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Registry registry = new Registry(process, address + ":" + port);
    for (int i = 0; i < 200; i++) {
      try {
        registry.send(HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/")));
        return registry;
      } catch (IOException notYet) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new AssertionError(Files.readString(folder.resolve("log")));
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
