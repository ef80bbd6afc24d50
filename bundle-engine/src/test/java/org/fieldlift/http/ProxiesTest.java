package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS_PROXY=http://p:3128                        | https://a.example/x | p:3128",
        "https_proxy=p:3128                               | https://a.example/x | p:3128",
        "HTTP_PROXY=http://u:pw@p                         | http://a.example/x  | p:80",
        "HTTP_PROXY=http://p:1                            | https://a.example/x | none",
        "ALL_PROXY=http://p:1                             | https://a.example/x | p:1",
        "HTTPS_PROXY=http://u:p@ss:1@p:3128/              | https://a.example/x | p:3128",
        "HTTPS_PROXY=;ALL_PROXY=p                         | https://a.example/x | p:80",
        "HTTPS_PROXY=http://p:1;NO_PROXY=example          | https://a.example/x | none",
        "HTTPS_PROXY=http://p:1;NO_PROXY=.a.example, b    | https://a.example/x | none",
        "HTTPS_PROXY=http://p:1;NO_PROXY=ample            | https://a.example/x | p:1",
        "HTTPS_PROXY=http://p:1;NO_PROXY=*                | https://a.example/x | none",
        "HTTPS_PROXY=http://p:1;no_proxy=a.example:8443   | https://a.example:8443/x | none",
        "HTTPS_PROXY=http://p:1;no_proxy=a.example:8443   | https://a.example/x | p:1",
      })
  void theVariablesMeanWhatTheyMeanForCurl(String variables, String uri, String expected) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(";", -1)) {
      environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    Proxy proxy = Proxies.of(environment).select(URI.create(uri)).getFirst();
    String found =
        proxy.address() instanceof InetSocketAddress address
            ? address.getHostString() + ":" + address.getPort()
            : "none";
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://ann:secret@p:1", "https://ann:secret@p", ":not a proxy", "p:0"})
  void aProxyThatCannotBeUsedIsNotPassedByInSilence(String proxy) {
    Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", proxy));
    assertThatThrownBy(() -> proxies.of(URI.create("https://a.example/x")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("HTTPS_PROXY cannot be used")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "ann:s%40cret@p, ann:s@cret",
    "ann:s@c:r+t@p, ann:s@c:r+t",
    "ann:100%@p, ann:100%",
    "ann@p, ann:",
  })
  void aPasswordIsUnderstoodAsItWasMeant(String address, String login) {
    ProxyAddress proxy = ProxyAddress.parse(address).orElseThrow();
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    assertThat(proxy.authorization()).contains("Basic " + basic);
    assertThat(proxy).hasToString("p:80");
  }

  @Test
  void aProxyThatWantsAPasswordGetsIt() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          String login = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          seen.add(exchange.getRequestURI() + " " + login);
          exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"p\"");
          exchange.sendResponseHeaders(login == null ? 407 : 200, -1);
          exchange.close();
        });
    proxy.start();
    try {
      String address = "http://ann:s%40cret@127.0.0.1:" + proxy.getAddress().getPort();
      Egress egress = new Egress(Map.of("HTTP_PROXY", address));
      HttpGet http = new HttpGet(egress, HttpGet.SILENCE, Clock.systemUTC(), Access.OPEN);
      URI uri = URI.create("http://releases.example/index.json");
      try (HttpReply reply = http.get(uri, Map.of(), new Cancellation())) {
        assertThat(reply.status()).isEqualTo(200);
      }
      String basic =
          Base64.getEncoder().encodeToString("ann:s@cret".getBytes(StandardCharsets.UTF_8));
      assertThat(seen).containsExactly(uri + " Basic " + basic);
    } finally {
      proxy.stop(0);
    }
  }
}
