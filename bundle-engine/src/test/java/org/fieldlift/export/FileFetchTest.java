package org.fieldlift.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFetchTest {
  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Authorization");
          asked.add(exchange.getRequestURI() + " " + login);
          byte[] body = "content".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFileComesWithItsQueryAndWithSpacesEscaped() throws IOException {
    bring("http://" + host() + "/a b/é?x=1&y=2#end", "http://" + host() + "/a b/é?x=1&y=2#end");
    assertThat(asked).containsExactly("/a%20b/%C3%A9?x=1&y=2 null");
    assertThat(folder.resolve("downloads/file")).hasContent("content");
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void credentialsOfTheAddressGoToItsServer() throws IOException {
    bring("http://ann:s%40cret@" + host() + "/a", "http://" + host() + "/a");
    assertThat(asked).containsExactly("/a Basic YW5uOnNAY3JldA==");
  }

  @Test
  void anErrorPageIsNotKept() {
    status = 404;
    assertThatThrownBy(() -> bring("http://" + host() + "/a", "http://" + host() + "/a"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is not there");
    assertThat(folder.resolve("downloads/file")).doesNotExist();
  }

  @Test
  void whatIsNoAddressIsRefusedInWords() {
    assertThatThrownBy(() -> FileFetch.uri("http://[::1/a"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no web address");
  }

  private void bring(String address, String shown) throws IOException {
    new FileFetch(folder.resolve("incoming"))
        .bring(
            address,
            shown,
            folder.resolve("downloads/file"),
            new Progress("fetch"),
            new Cancellation());
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }
}
