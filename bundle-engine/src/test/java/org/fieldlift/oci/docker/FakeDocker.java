package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A daemon that answers as it is told, over a real socket.
public final class FakeDocker implements AutoCloseable {
  public static final String CLASSIC = "null";
  public static final String CONTAINERD = "[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]";

  /// What happens after a request's head was read.
  @FunctionalInterface
  public interface Answer {
    void give(InputStream request, OutputStream out) throws IOException;
  }

  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Answer> answers = Collections.synchronizedMap(new LinkedHashMap<>());
  private final ServerSocketChannel server;
  private final Path socket;
  private volatile String store = CLASSIC;
  public volatile List<String> mirrors = List.of();
  public volatile String extra = "";
  public volatile String engine = "Engine";
  public volatile String architecture = "amd64";

  public FakeDocker(Path socket) throws IOException {
    this.socket = socket;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::serve);
  }

  public Docker docker() {
    return new Docker(socket);
  }

  public FakeDocker store(String driverStatus) {
    store = driverStatus;
    return this;
  }

  /// @param request its beginning, such as `GET /images/`
  public FakeDocker on(String request, Answer answer) {
    answers.put(request, answer);
    return this;
  }

  public FakeDocker on(String request, int status, String body) {
    return on(request, (_, out) -> out.write(reply(status, body)));
  }

  public static byte[] reply(int status, String body) {
    return ("HTTP/1.1 "
            + status
            + " X\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> converse(client));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void converse(SocketChannel client) {
    try (client) {
      InputStream in = Channels.newInputStream(client);
      String head = head(in);
      asked.add(head.lines().findFirst().orElseThrow());
      answer(head).give(in, Channels.newOutputStream(client));
    } catch (IOException gone) {
      // What the client did about it is what tests look at.
    }
  }

  private Answer answer(String head) {
    for (Map.Entry<String, Answer> each : answers.entrySet()) {
      if (head.startsWith(each.getKey())) return each.getValue();
    }
    if (head.startsWith("GET /version ")) return (_, out) -> out.write(reply(200, version()));
    if (head.startsWith("GET /info ")) return (_, out) -> out.write(reply(200, info()));
    return (_, out) -> out.write(reply(404, "{\"message\":\"no such thing\"}"));
  }

  private String version() {
    return "{\"Version\":\"20.10\",\"Os\":\"linux\",\"Arch\":\"%s\",\"Components\":[{\"Name\":\"%s\"}]}"
        .formatted(architecture, engine);
  }

  private String info() {
    String list = mirrors.isEmpty() ? "" : "\"" + String.join("\",\"", mirrors) + "\"";
    return "{\"DriverStatus\":%s,\"DockerRootDir\":\"/var/lib/docker\",\"RegistryConfig\":{\"Mirrors\":[%s]}%s}"
        .formatted(store, list, extra);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) throw new IOException("no request");
      head.write(one);
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
