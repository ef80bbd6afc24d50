package org.fieldlift.oci;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Where images of a registry may be had, and which hosts a person trusts without a certificate.
///
/// @param mirrors registry host → addresses to ask before it, each ending with `/`
/// @param insecure hosts (with their port, if any) that may speak plain http, or https under any
///   certificate; this computer itself always may, as Docker does it
public record RegistryWays(Map<String, List<URI>> mirrors, Set<String> insecure) {
  /// Every registry itself, and securely.
  public static final RegistryWays STRICT = new RegistryWays(Map.of(), Set.of());

  private static final Pattern HOST = Pattern.compile("[a-z0-9.-]{1,253}(?::\\d{1,5})?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

  public RegistryWays {
    mirrors = Map.copyOf(mirrors);
    insecure = Set.copyOf(insecure);
  }

  /// @param mirrors `docker.io=https://mirror.lab.example`, as often as there are mirrors
  /// @param insecure `registry.lab.example:5000`
  /// @throws Problem of kind USAGE when one is written differently
  public static RegistryWays of(List<String> mirrors, List<String> insecure) throws Problem {
    Map<String, List<URI>> ways = new LinkedHashMap<>();
    for (String mirror : mirrors) {
      String[] parts = mirror.split("=", 2);
      if (parts.length < 2) throw noMirror(mirror);
      String host = host(parts[0]);
      ways.computeIfAbsent(host, _ -> new ArrayList<>()).add(address(parts[1], mirror));
    }
    Set<String> hosts = new TreeSet<>();
    for (String each : insecure) hosts.add(host(each));
    return new RegistryWays(ways, hosts);
  }

  /// The mirrors of a registry, in the order they were named.
  List<URI> mirrorsOf(String registry) {
    return mirrors.getOrDefault(registry, List.of());
  }

  /// @param host with its port, if any
  boolean isInsecure(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return insecure.contains(lower) || LOOPBACK.matcher(lower).matches();
  }

  private static String host(String text) throws Problem {
    String host = text.strip().toLowerCase(Locale.ROOT);
    if (host.equals("index.docker.io")) return ImageReference.DOCKER_HUB;
    if (HOST.matcher(host).matches()) return host;
    throw Problem.usage(
        "\"" + PlainText.of(text) + "\" is no registry.",
        "Name its host, with its port if it has one: registry.lab.example:5000.");
  }

  private static URI address(String text, String mirror) throws Problem {
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      boolean isPlain = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
      if (isWeb && isPlain && uri.getHost() != null) return uri;
    } catch (IllegalArgumentException e) {
      throw noMirror(mirror);
    }
    throw noMirror(mirror);
  }

  private static Problem noMirror(String mirror) {
    return Problem.usage(
        "\"" + ShownAddress.of(mirror) + "\" names no mirror.",
        "Write it like docker.io=https://mirror.lab.example, without a password; log in to it with"
            + " docker login.");
  }
}
