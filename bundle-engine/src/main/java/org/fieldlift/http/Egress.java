package org.fieldlift.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A computer's way into the web: its proxies, the certificates it trusts, and one client for all
/// sites. The client is made when the first request is, and not before: listing sources needs none.
final class Egress {
  static final Duration CONNECT = Duration.ofSeconds(15);

  /// How much Java's client takes from a connection at once, in bytes. It takes 16 kB unless told,
  /// and then half of a copy's time goes into handing them on. It reads this when its first class
  /// loads.
  private static final String BUFFER_PROPERTY = "jdk.httpclient.bufsize";

  private static final int BUFFER = 512 << 10;

  static {
    if (System.getProperty(BUFFER_PROPERTY) == null) {
      System.setProperty(BUFFER_PROPERTY, Integer.toString(BUFFER));
    }
  }

  private static final Egress HERE = new Egress(System.getenv());

  private final Proxies proxies;
  private final Roots roots;
  private @Nullable HttpClient client;
  private @Nullable HttpClient trusting;

  Egress(Map<String, String> environment) {
    this.proxies = Proxies.of(environment);
    this.roots = new Roots(environment);
    proxies.allowPasswords();
  }

  /// This computer's.
  static Egress here() {
    return HERE;
  }

  Proxies proxies() {
    return proxies;
  }

  synchronized HttpClient client() throws Problem {
    if (client == null) client = make(roots.trusted());
    return client;
  }

  /// The client for servers that are believed without a certificate.
  synchronized HttpClient trustingClient() {
    if (trusting == null) trusting = make(Optional.of(Anybody.trusted()));
    return trusting;
  }

  private HttpClient make(Optional<SSLContext> trusted) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(proxies);
    trusted.ifPresent(builder::sslContext);
    return builder.build();
  }

  /// A request on its way to this address, with the proxy's password where one is needed.
  HttpRequest.Builder request(URI uri) throws Problem {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    proxies
        .of(uri)
        .flatMap(ProxyAddress::authorization)
        .ifPresent(login -> request.header("Proxy-Authorization", login));
    return request;
  }
}
