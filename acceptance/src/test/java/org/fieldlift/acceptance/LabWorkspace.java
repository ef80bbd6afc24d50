package org.fieldlift.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The workspace that the real Forklift made, with a registry that has its images.
///
/// @param folder where everything lies
record LabWorkspace(Path folder, Registry registry) implements AutoCloseable {
  static final String PRODUCT = "git.example.org/lab/microscope";
  static final String PLATFORM = "linux/arm64";

  private static final Path DATA =
      Program.root().resolve("acceptance/src/test/resources/forklift").toAbsolutePath();

  static LabWorkspace in(Path folder) throws IOException {
    Path workspace = Files.createDirectories(folder.resolve("pi"));
    Program.run("tar", "xzpf", DATA.resolve("workspace.tar.gz"), "-C", workspace).well();
    Path layout = Files.createDirectories(folder.resolve("images"));
    Program.run("tar", "xf", DATA.resolve("images.oci.tar"), "-C", layout).well();
    Registry registry = Registry.open(folder.resolve("registry"));
    registry.push(layout);
    LabWorkspace lab = new LabWorkspace(folder, registry);
    lab.station().run("trust", "new-key", folder.resolve("lab")).well();
    lab.trust(lab.station());
    return lab;
  }

  Path root() {
    return folder.resolve("pi");
  }

  Path stage(String name) {
    return stages().resolve(name);
  }

  Path stages() {
    return root().resolve(".local/share/forklift/stages");
  }

  Path caches() {
    return root().resolve(".cache/forklift");
  }

  Path key() {
    return folder.resolve("lab.key");
  }

  Fieldlift station() {
    return Fieldlift.at(folder.resolve("station"));
  }

  /// Makes a station take what this lab signs.
  void trust(Fieldlift station) {
    station.run("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub")).well();
  }

  /// The words by which images are found at the lab's registry.
  List<String> mirrors() {
    return List.of(
        "--mirror", "registry.example.org=" + registry.address(),
        "--mirror", "localhost:5000=" + registry.address());
  }

  /// A web server for the workspace's downloads, reached as a proxy is, since nobody here knows
  /// files.example.org.
  HttpServer web() throws IOException {
    Path files = Files.createDirectories(folder.resolve("web"));
    Program.run("tar", "xzf", DATA.resolve("web.tar.gz"), "-C", files).well();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = files.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
          boolean isThere = file.startsWith(files) && Files.isRegularFile(file);
          exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? Files.size(file) : -1);
          if (isThere) Files.copy(file, exchange.getResponseBody());
          exchange.close();
        });
    server.start();
    return server;
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
