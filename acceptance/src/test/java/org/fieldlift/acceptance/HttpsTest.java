package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.acceptance.OnTheWeb.FETCH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Https with a lab's own authority, and with everybody who cannot prove to be the server.
@ExtendWith(FaultTable.class)
class HttpsTest {
  private static OnTheWeb web;
  private static Identities lab;

  @TempDir Path folder;

  @BeforeAll
  static void aReleaseAndAnAuthority(@TempDir Path folder) throws IOException {
    web = OnTheWeb.in(folder, "scope.forklift-bundle.tar.gz");
    lab = Identities.in(folder);
  }

  @Test
  void aLabsOwnAuthorityIsTrustedWhenItIsNamed() throws IOException {
    try (WebServer server = WebServer.secure(web.www(), lab.of("right"))) {
      server.next(".tar.gz", Tricks.cut(server, 2_000_000), Tricks.cut(server, 3_000_000));
      Fieldlift station = web.station(server.address());
      Program.Said said = trusting(station, lab.authority()).run(FETCH).well();
      OnTheWeb.assertWhole(station);
      assertThat(server.requests()).anyMatch(request -> request.contains(" bytes="));
      FaultTable.add("https: a lab's own authority in SSL_CERT_FILE", said, "release whole");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alone, shows a certificate of nobody this computer trusts",
    "other-name, shows a certificate for another name",
    "expired, has expired",
    "not-yet, begins later",
  })
  void whoCannotProveToBeTheServerIsNotListenedTo(String who, String words) throws IOException {
    try (WebServer server = WebServer.secure(web.www(), lab.of(who))) {
      Fieldlift station = web.station(server.address());
      long before = System.nanoTime();
      Program.Said said = trusting(station, lab.authority()).run(FETCH).refused(1, words);
      assertThat(said.err()).contains("localhost:");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("trying again would not help")
          .isLessThan(Duration.ofSeconds(10));
      OnTheWeb.assertNone(station);
      assertThat(server.requests()).isEmpty();
      FaultTable.add("https: certificate " + who, said, "not one request was sent");
    }
  }

  @Test
  void anAuthorityNobodyNamedIsNotTrusted() throws IOException {
    try (WebServer server = WebServer.secure(web.www(), lab.of("right"))) {
      Program.Said said =
          web.station(server.address()).run(FETCH).refused(1, "name the lab's CA file (PEM)");
      assertThat(server.requests()).isEmpty();
      FaultTable.add("https: a lab's own authority, not named", said, "not one request was sent");
    }
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            Files.readString(lab.authority()).replaceFirst("\n[A-Za-z0-9+/]{20}", "\n"));
    Fieldlift station = web.station("https://localhost:1/");
    Program.Said said = trusting(station, empty).run(FETCH).refused(2, "it holds no certificate");
    assertThat(said.err()).contains(empty.toString(), "SSL_CERT_FILE");
    trusting(station, broken).run(FETCH).refused(2, "it is damaged or not PEM");
    trusting(station, folder.resolve("none.pem")).run(FETCH).refused(2, "it cannot be read");
    FaultTable.add("https: SSL_CERT_FILE without a certificate", said, "nothing was asked");
  }

  @Test
  void nobodyIsLedFromHttpsIntoTheOpen() throws IOException {
    try (WebServer open = WebServer.over(web.www());
        WebServer server = WebServer.secure(web.www(), lab.of("right"))) {
      server.next(".tar.gz", Tricks.status(302, "Location", open.address() + "x.tar.gz"));
      Fieldlift station = web.station(server.address());
      Program.Said said =
          trusting(station, lab.authority()).run(FETCH).refused(1, "which is not safe to follow");
      assertThat(open.requests()).isEmpty();
      OnTheWeb.assertNone(station);
      FaultTable.add("https: a redirect to http", said, "nothing was asked there");
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsNotListenedTo() throws IOException {
    try (WebServer open = WebServer.over(web.www())) {
      Fieldlift station = web.station(open.address().replace("http:", "https:"));
      Program.Said said = station.run(FETCH).refused(1, "no secure connection to localhost:");
      OnTheWeb.assertNone(station);
      FaultTable.add("https: a server that speaks no TLS", said, "no release");
    }
  }

  private static Fieldlift trusting(Fieldlift station, Path file) {
    return station.through("env", "SSL_CERT_FILE=" + file);
  }
}
