package org.fieldlift.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Why a request got no answer at all, in words: what Java throws names classes.
///
/// @param uri that was asked for
/// @param through the proxy on the way, if any
record NoAnswer(URI uri, Optional<ProxyAddress> through) {
  private static final Pattern TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

  /// @return a [Problem] when trying again cannot help, else the reason as the end of a sentence
  IOException because(IOException cause) {
    Problem distrust = certificate(cause);
    if (distrust != null) return distrust;
    Matcher tunnel = TUNNEL.matcher(String.valueOf(cause.getMessage()));
    if (tunnel.matches()) return refusedByProxy(tunnel.group(1));
    return new IOException(words(cause), cause);
  }

  private String words(IOException cause) {
    if (find(cause, UnresolvedAddressException.class) != null) {
      return "the name " + next() + " is not known";
    }
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          "no connection to " + next() + " within " + Egress.CONNECT.toSeconds() + " s";
      case HttpTimeoutException _ -> "no answer from " + next() + " in time";
      case ConnectException _ -> "no connection to " + next();
      case SSLException _ -> "no secure connection to " + host();
      default -> "the connection to " + next() + " broke";
    };
  }

  private IOException refusedByProxy(String status) {
    if (status.startsWith("5")) {
      return new IOException("the proxy cannot reach it (status " + status + ")");
    }
    return Problem.failed(
        "The proxy does not let us through to %s (status %s).".formatted(host(), status),
        "Ask whoever runs the proxy to open it, or exempt it with NO_PROXY.");
  }

  /// Stops somebody between us and the server who cannot prove to be the server.
  private @Nullable Problem certificate(IOException cause) {
    if (find(cause, CertificateExpiredException.class) != null) return clock("has expired");
    if (find(cause, CertificateNotYetValidException.class) != null) return clock("begins later");
    if (find(cause, CertPathBuilderException.class) != null) {
      return Problem.failed(
          "%s shows a certificate of nobody this computer trusts.".formatted(host()),
          "If it is your own lab's, name the lab's CA file (PEM) in SSL_CERT_FILE; else do not use"
              + " this source.");
    }
    CertPathValidatorException path = find(cause, CertPathValidatorException.class);
    if (path != null) return refused(path);
    CertificateException other = find(cause, CertificateException.class);
    if (other == null) return null;
    String message = String.valueOf(other.getMessage());
    boolean isName = message.startsWith("No subject alternative") || message.startsWith("No name");
    return isName
        ? Problem.failed(
            "What answers as %s shows a certificate for another name.".formatted(host()),
            "Check the address of the source; somebody may stand in between.")
        : refused(other);
  }

  private Problem clock(String what) {
    return Problem.failed(
        "The certificate of %s %s, by this computer's clock.".formatted(host(), what),
        "Set the clock if it is wrong; else tell whoever runs the server.");
  }

  private Problem refused(Exception why) {
    return Problem.failed(
        "The certificate of %s is refused: %s."
            .formatted(host(), PlainText.of(String.valueOf(why.getMessage()))),
        "Tell whoever runs the server.");
  }

  /// Who is asked first: the proxy, or the server itself.
  private String next() {
    return through.map(proxy -> "the proxy " + proxy).orElse(host());
  }

  private String host() {
    return PlainText.of(uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
  }

  private static <T extends Throwable> @Nullable T find(Throwable top, Class<T> type) {
    for (Throwable each = top; each != null; each = each.getCause()) {
      if (type.isInstance(each)) return type.cast(each);
    }
    return null;
  }
}
