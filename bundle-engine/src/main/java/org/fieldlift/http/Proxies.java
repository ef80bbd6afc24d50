package org.fieldlift.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The proxies of a computer: Java's own settings (`https.proxyHost` …) first, else the variables
/// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` as curl understands them.
final class Proxies extends ProxySelector {
  /// Java sends no password through to an https site's proxy unless this is set before its client
  /// is first used: the way to the proxy is not encrypted. Whoever put a password into the variable
  /// wants it sent.
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;
  private final @Nullable ProxySelector configured;

  Proxies(Map<String, String> environment, @Nullable ProxySelector configured) {
    this.environment = environment;
    this.configured = configured;
  }

  /// With Java's own settings when somebody made any.
  static Proxies of(Map<String, String> environment) {
    boolean isConfigured =
        System.getProperty("https.proxyHost") != null
            || System.getProperty("http.proxyHost") != null
            || Boolean.getBoolean("java.net.useSystemProxies");
    return new Proxies(environment, isConfigured ? ProxySelector.getDefault() : null);
  }

  void allowPasswords() {
    boolean hasLogin =
        List.of("http", "https").stream()
            .flatMap(scheme -> variable(scheme).stream())
            .flatMap(name -> ProxyAddress.parse(value(name)).stream())
            .anyMatch(proxy -> proxy.userInfo() != null);
    if (hasLogin && System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
  }

  /// The proxy the variables name for an address; nothing when the way is direct.
  ///
  /// @throws Problem of kind USAGE when they name one that cannot be used: going past it in silence
  ///   is what somebody who set it does not want
  Optional<ProxyAddress> of(URI uri) throws Problem {
    if (configured != null || isExempt(uri)) return Optional.empty();
    Optional<String> name = variable(uri.getScheme());
    if (name.isEmpty()) return Optional.empty();
    Optional<ProxyAddress> proxy = ProxyAddress.parse(value(name.get()));
    if (proxy.isPresent()) return proxy;
    throw Problem.usage(
        "The proxy in the variable " + name.get() + " cannot be used.",
        "Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128.");
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (configured != null) return configured.select(uri);
    try {
      return of(uri).map(Proxies::proxy).map(List::of).orElse(DIRECT);
    } catch (Problem unusable) {
      throw new IllegalArgumentException(unusable);
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException fault) {}

  private static Proxy proxy(ProxyAddress address) {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port()));
  }

  /// The variable that counts for a scheme, as it is spelled here.
  private Optional<String> variable(String scheme) {
    return spelled(scheme.toLowerCase(Locale.ROOT) + "_proxy").or(() -> spelled("all_proxy"));
  }

  private Optional<String> spelled(String name) {
    return List.of(name, name.toUpperCase(Locale.ROOT)).stream()
        .filter(each -> !value(each).isEmpty())
        .findFirst();
  }

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private boolean isExempt(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    String rules = spelled("no_proxy").map(this::value).orElse("");
    for (String rule : rules.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String suffix = rule.replaceFirst("^\\*?\\.", "");
      if (suffix.isEmpty()) continue;
      if (suffix.equals("*") || host.equals(suffix) || host.endsWith("." + suffix)) return true;
      if (suffix.equals(host + ":" + uri.getPort())) return true;
    }
    return false;
  }
}
