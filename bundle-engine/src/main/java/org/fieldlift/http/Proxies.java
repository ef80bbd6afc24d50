package org.fieldlift.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proxies of this machine: Java's own settings (`https.proxyHost` …) first, else the variables
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as curl understands them, with `user:password@`.
final class Proxies extends ProxySelector {
  /// Java refuses to send a password to a proxy for https unless this is set, and to nothing before
  /// its HTTP client is first used.
  static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private static final int DEFAULT_PORT = 80;

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The selector to use: Java's own when somebody configured that.
  static ProxySelector of(Map<String, String> environment) {
    boolean isConfigured =
        System.getProperty("https.proxyHost") != null
            || System.getProperty("http.proxyHost") != null
            || Boolean.getBoolean("java.net.useSystemProxies");
    return isConfigured ? ProxySelector.getDefault() : new Proxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    Optional<URI> proxy = proxy(uri.getScheme());
    if (proxy.isEmpty() || isExempt(uri)) return List.of(Proxy.NO_PROXY);
    return List.of(
        new Proxy(
            Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved(proxy.get().getHost(), port(proxy.get()))));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException fault) {}

  /// Who gives the proxies' passwords to the proxies, and to nobody else.
  Optional<Authenticator> login() {
    boolean hasLogin =
        List.of("http", "https").stream()
            .anyMatch(scheme -> proxy(scheme).map(URI::getRawUserInfo).isPresent());
    if (!hasLogin) return Optional.empty();
    if (System.getProperty(DISABLED_SCHEMES) == null) System.setProperty(DISABLED_SCHEMES, "");
    return Optional.of(new Login());
  }

  private final class Login extends Authenticator {
    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) return null;
      for (String scheme : List.of("http", "https")) {
        Optional<URI> proxy = proxy(scheme);
        if (proxy.isEmpty() || proxy.get().getRawUserInfo() == null) continue;
        boolean isAsking =
            proxy.get().getHost().equalsIgnoreCase(getRequestingHost())
                && port(proxy.get()) == getRequestingPort();
        if (isAsking) return login(proxy.get().getRawUserInfo());
      }
      return null;
    }
  }

  private static PasswordAuthentication login(String userInfo) {
    String[] pair = userInfo.split(":", 2);
    return new PasswordAuthentication(
        decoded(pair[0]), pair.length < 2 ? new char[0] : decoded(pair[1]).toCharArray());
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The proxy for a scheme; nothing when the variable is absent or makes no sense.
  private Optional<URI> proxy(String scheme) {
    return variable(scheme.toLowerCase(Locale.ROOT) + "_proxy")
        .or(() -> variable("all_proxy"))
        .map(text -> text.contains("://") ? text : "http://" + text)
        .filter(text -> text.startsWith("http://"))
        .flatMap(Proxies::parsed)
        .filter(uri -> uri.getHost() != null);
  }

  private static Optional<URI> parsed(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private boolean isExempt(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    for (String rule :
        variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String suffix = rule.replaceFirst("^\\*?\\.", "");
      if (suffix.isEmpty()) continue;
      if (suffix.equals("*") || host.equals(suffix) || host.endsWith("." + suffix)) return true;
      if (suffix.equals(host + ":" + uri.getPort())) return true;
    }
    return false;
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
  }
}
