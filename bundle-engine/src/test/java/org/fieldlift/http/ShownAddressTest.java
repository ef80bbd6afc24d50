package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownAddressTest {
  private static final String SIGNED = "?X-Amz-Signature=SECRET";

  @ParameterizedTest
  @CsvSource({
    "https://h/a/b@1.0, https://h/a/b@1.0",
    "https://h:8443/, https://h:8443/",
    "https://h/a?key=SECRET, https://h/a?…",
    "https://h/a?key=SECRET#part, https://h/a?…",
    "https://h/a#token=SECRET, https://h/a",
    "https://h?key=SECRET, https://h?…",
    "ftp://bob:SECRET@h/x, ftp://…@h/x",
    "https://SECRET@h, https://…@h",
    "https://bob:SE?CR#ET@h/x, https://…@h/x",
    "https://a@b:SECRET@h/x@y, https://…@h/x@y",
    "//bob:SECRET@h/x, //…@h/x",
    "docker.io=https://bob:SECRET@h, docker.io=https://…@h",
    "a/b.bin?key=SECRET, a/b.bin?…",
  })
  void anAddressIsShownWithoutItsSecrets(String address, String shown) {
    assertThat(ShownAddress.of(address)).isEqualTo(shown);
  }

  @Test
  void itIsMadePlainToo() {
    assertThat(ShownAddress.of("https://h/\u202Eexe")).isEqualTo("https://h/<U+202E>exe");
  }

  @Test
  void aFileThatIsNotThereIsNamedWithoutItsKey(@TempDir Path folder) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(404, -1));
    server.start();
    String file = "http://127.0.0.1:" + server.getAddress().getPort() + "/none.bin";
    try {
      HttpFile missing = new HttpFile(URI.create(file + SIGNED), Access.OPEN);
      PartialFile into = new PartialFile(folder.resolve("none"));
      assertThatThrownBy(() -> missing.bring(100, into, new Progress(""), new Cancellation()))
          .isInstanceOf(Problem.class)
          .hasMessage(file + "?… is not there.");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatIsGivenUpIsNamedWithoutItsKey() throws IOException {
    URI uri = URI.create("https://releases.example/x" + SIGNED);
    Patience.Tries tries = new Patience(_ -> {}, new Random(1)).tries(uri, HttpGet.SILENCE);
    Cancellation never = new Cancellation();
    for (int i = 1; i < Patience.MOST_TRIES; i++) tries.failed(new IOException("x"), never);
    assertThatThrownBy(() -> tries.failed(new IOException("broken"), never))
        .hasMessageStartingWith("https://releases.example/x?… cannot be fetched: broken");
  }

  @Test
  void aRedirectThatIsNotFollowedIsNamedWithoutItsPassword() {
    assertThatThrownBy(
            () -> HttpGet.redirect(URI.create("http://h/a" + SIGNED), "ftp://bob:SECRET@h/x"))
        .hasMessage("http://h/a?… leads to ftp://…@h/x, which is not safe to follow.");
  }
}
