package org.fieldlift.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A proxy as the variables name it: `[http://][user:password@]host[:port]`.
///
/// @param userInfo never shown, not even in an error
record ProxyAddress(String host, int port, @Nullable String userInfo) {
  private static final int DEFAULT_PORT = 80;

  /// Passwords may hold `@` and `:` as they are; the last `@` ends them, as curl does it.
  private static final Pattern FORM =
      Pattern.compile(
          "(?:http://)?(?![a-z0-9+.-]+://)(?:(.*)@)?([^:/@\\[\\]\\s]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);

  static Optional<ProxyAddress> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) return Optional.empty();
    int port = form.group(3) == null ? DEFAULT_PORT : Integer.parseInt(form.group(3));
    return port < 1 || port > 0xffff
        ? Optional.empty()
        : Optional.of(new ProxyAddress(form.group(2), port, form.group(1)));
  }

  /// The value of `Proxy-Authorization` (RFC 7617), sent unasked as curl does: one wrong password
  /// is one failed login, not one for each challenge.
  Optional<String> authorization() {
    if (userInfo == null) return Optional.empty();
    String[] pair = userInfo.split(":", 2);
    String plain = decoded(pair[0]) + ":" + (pair.length < 2 ? "" : decoded(pair[1]));
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      return part;
    }
  }

  /// Without the password.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
