package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.acceptance.OnTheWeb.FETCH;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A lab's proxy with a password, for http and https sites, told by the variables everybody knows.
@ExtendWith(FaultTable.class)
class ProxyTest {
  private static final String LOGIN = "ann:s@cret";
  private static final String ESCAPED = "ann:s%40cret@";

  private static OnTheWeb web;
  private static Identities lab;

  @BeforeAll
  static void aReleaseAndAnAuthority(@TempDir Path folder) throws IOException {
    web = OnTheWeb.in(folder, "scope.forklift-bundle");
    lab = Identities.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aReleaseComesThroughAProxyWithAPassword(String scheme) throws IOException {
    try (WebServer server = server(scheme);
        Proxy proxy = Proxy.wanting(LOGIN)) {
      Fieldlift station = web.station(server.address());
      String variable = scheme + "_proxy=" + proxy.address(ESCAPED);
      Program.Said said = through(station, variable).run(FETCH).well();
      OnTheWeb.assertWhole(station);
      assertThat(proxy.seen()).isNotEmpty().allMatch(line -> line.startsWith("let in "));
      assertThat(server.requests()).isNotEmpty().doesNotContain("password");
      assertKeptSecret(said, station);
      FaultTable.add("proxy with a password, " + scheme, said, "release whole, password nowhere");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aWrongPasswordIsTriedOnce(String scheme) throws IOException {
    try (WebServer server = server(scheme);
        Proxy proxy = Proxy.wanting("ann:other")) {
      Fieldlift station = web.station(server.address());
      String variable = scheme.toUpperCase(Locale.ROOT) + "_PROXY=";
      Program.Said said =
          through(station, variable + proxy.address(ESCAPED))
              .run(FETCH)
              .refused(1, "does not accept the user name and password it was given");
      assertThat(proxy.seen()).as("accounts get locked").hasSize(1);
      assertThat(server.requests()).isEmpty();
      assertKeptSecret(said, station);
      FaultTable.add("proxy: wrong password, " + scheme, said, "asked once, password nowhere");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void aMissingPasswordIsAskedFor(String scheme) throws IOException {
    try (WebServer server = server(scheme);
        Proxy proxy = Proxy.wanting(LOGIN)) {
      Fieldlift station = web.station(server.address());
      Program.Said said =
          through(station, "ALL_PROXY=" + proxy.address(""))
              .run(FETCH)
              .refused(1, "wants a user name and password");
      assertThat(proxy.seen()).hasSize(1);
      FaultTable.add("proxy: no password, " + scheme, said, "asked once");
    }
  }

  @Test
  void aProxyThatLetsNobodyOutIsNamed() throws IOException {
    try (WebServer server = server("https");
        Proxy proxy = Proxy.closed(LOGIN)) {
      Program.Said said =
          through(web.station(server.address()), "https_proxy=" + proxy.address(ESCAPED))
              .run(FETCH)
              .refused(1, "The proxy does not let us through to localhost:");
      assertThat(proxy.seen()).hasSize(1);
      FaultTable.add("proxy: site not allowed", said, "asked once");
    }
  }

  @Test
  void anExemptSiteIsReachedDirectly() throws IOException {
    try (WebServer server = server("http");
        Proxy proxy = Proxy.wanting(LOGIN)) {
      Fieldlift station = web.station(server.address());
      through(station, "http_proxy=" + proxy.address(ESCAPED), "NO_PROXY=.example, localhost")
          .run(FETCH)
          .well();
      assertThat(proxy.seen()).isEmpty();
      assertThat(server.requests()).doesNotContain("password");
    }
  }

  @Test
  void aProxyThatCannotBeUsedIsNotPassedByInSilence() throws IOException {
    try (WebServer server = server("http")) {
      Fieldlift station = web.station(server.address());
      Program.Said said =
          through(station, "ALL_PROXY=socks5://ann:s%40cret@localhost:1080")
              .run(FETCH)
              .refused(2, "The proxy in the variable ALL_PROXY cannot be used");
      assertThat(server.requests()).isEmpty();
      assertKeptSecret(said, station);
      FaultTable.add("proxy of a kind we do not speak", said, "nothing was asked");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    try (WebServer server = server("http")) {
      Fieldlift station = web.station(server.address());
      Program.Said said =
          through(station, "http_proxy=http://" + ESCAPED + "localhost:1")
              .run(FETCH)
              .refused(1, "no connection to the proxy localhost:1");
      assertKeptSecret(said, station);
      FaultTable.add("proxy: nobody there", said, "no release");
    }
  }

  private static WebServer server(String scheme) throws IOException {
    return scheme.equals("https")
        ? WebServer.secure(web.www(), lab.of("right"))
        : WebServer.over(web.www());
  }

  private static Fieldlift through(Fieldlift station, String... variables) {
    Stream<String> trust = Stream.of("env", "SSL_CERT_FILE=" + lab.authority());
    return station.through(Stream.concat(trust, Stream.of(variables)).toArray(String[]::new));
  }

  /// In no spelling, neither shown nor kept.
  private static void assertKeptSecret(Program.Said said, Fieldlift station) throws IOException {
    String basic = Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
    List<String> spellings = List.of("s@cret", "s%40cret", basic);
    for (String spelling : spellings) {
      assertThat(said.out() + said.err()).doesNotContain(spelling);
      try (Stream<Path> files = Files.walk(station.home())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(text.contains(spelling)).as("%s in %s", spelling, file).isFalse();
        }
      }
    }
  }
}
