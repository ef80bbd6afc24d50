package org.fieldlift.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A lab's proxy that wants a password: plain requests are passed on, `CONNECT` opens a tunnel.
final class Proxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final String login;
  private final boolean isOpen;

  private Proxy(String login, boolean isOpen) throws IOException {
    this.login = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    this.isOpen = isOpen;
    threads.execute(this::accept);
  }

  /// @param login `user:password`
  static Proxy wanting(String login) throws IOException {
    return new Proxy(login, true);
  }

  /// One that accepts the login and then lets nobody out.
  static Proxy closed(String login) throws IOException {
    return new Proxy(login, false);
  }

  String address(String userInfo) {
    return "http://" + userInfo + "localhost:" + socket.getLocalPort();
  }

  /// The first line of each request, behind `let in` or `refused`.
  List<String> seen() {
    return seen;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> talk(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void talk(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      String line = head.substring(0, head.indexOf('\r'));
      boolean mayPass = head.contains("\r\nProxy-Authorization: Basic " + login + "\r\n");
      seen.add((mayPass ? "let in " : "refused ") + line);
      if (!mayPass) answer(client, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"lab\"");
      else if (!isOpen) answer(client, "403 Not there");
      else if (line.startsWith("CONNECT ")) tunnel(client, line.split(" ", 3)[1]);
      else pass(client, head, line);
    } catch (IOException gone) {
      // Programs hang up when they have what they want.
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private void tunnel(Socket client, String target) throws IOException {
    String[] pair = target.split(":", 2);
    try (Socket server = new Socket(pair[0], Integer.parseInt(pair[1]))) {
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      both(client, server);
    }
  }

  /// As a proxy does: the path alone, and nothing of what was meant for the proxy.
  private void pass(Socket client, String head, String line) throws IOException {
    URI uri = URI.create(line.split(" ", 3)[1]);
    String path = Optional.ofNullable(uri.getRawQuery()).map(query -> "?" + query).orElse("");
    String passed =
        head.replace(uri.toString(), uri.getRawPath() + path)
            .replaceAll("(?i)\r\n(Proxy-Authorization|Connection): [^\r]*", "")
            .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    try (Socket server = new Socket(uri.getHost(), uri.getPort())) {
      server.getOutputStream().write(passed.getBytes(StandardCharsets.US_ASCII));
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private void both(Socket client, Socket server) throws IOException {
    threads.execute(() -> {
      try {
        client.getInputStream().transferTo(server.getOutputStream());
      } catch (IOException gone) {
        // The other direction ends too.
      }
    });
    server.getInputStream().transferTo(client.getOutputStream());
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) throw new IOException("hung up");
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
