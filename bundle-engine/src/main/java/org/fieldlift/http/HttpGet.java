package org.fieldlift.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// One request as it should be: plain bytes only, few redirects and none into the open, deadlines
/// on everything, proxies obeyed. It is a GET but for forms.
///
/// @param longestSilence how long headers, or the next bytes, may take
/// @param access how the caller stands with the servers on the way
record HttpGet(Egress egress, Duration longestSilence, Clock clock, Access access) {
  static final int MOST_REDIRECTS = 5;
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int BAD_REQUEST = 400;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final long LOOK_MILLIS = 100;

  static HttpGet standard(Access access) {
    return new HttpGet(Egress.here(), SILENCE, Clock.systemUTC(), access);
  }

  /// Asks for a file.
  ///
  /// @param headers besides those every request has
  /// @return a reply of status 200, 206, 404 or 416
  /// @throws HttpBusy when trying again may help
  /// @throws Problem when it will not
  HttpReply get(URI uri, Map<String, String> headers, Cancellation cancellation)
      throws IOException {
    URI at = uri;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpReply reply = asked(at, headers, cancellation);
      if (!isRedirect(reply.status())) return judged(reply);
      reply.close();
      at = redirect(at, reply.headers().firstValue("Location").orElse(""));
    }
    throw Problem.failed(
        ShownAddress.of(uri) + " leads from one address to the next without end.",
        "Ask whoever runs the server; the address of the source may be wrong.");
  }

  /// Sends a form, and to nobody else than this address: what it holds may be secret.
  ///
  /// @return a reply of status 200 or 404
  HttpReply post(URI uri, String form, Cancellation cancellation) throws IOException {
    HttpRequest.Builder request =
        request(uri, access.headers(uri))
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.US_ASCII));
    HttpReply reply = once(request, cancellation);
    if (isRedirect(reply.status())) {
      reply.close();
      throw badRedirect(uri, reply.headers().firstValue("Location").orElse(""));
    }
    if (reply.status() == BAD_REQUEST) {
      reply.close();
      throw access.shut(uri, BAD_REQUEST);
    }
    return judged(reply);
  }

  /// The status of the answer, if there is any.
  OptionalInt status(URI uri, Cancellation cancellation) throws IOException {
    try (HttpReply reply = once(request(uri, access.headers(uri)), cancellation)) {
      reply.drain();
      return OptionalInt.of(reply.status());
    } catch (Cancellation.Cancelled cancelled) {
      throw cancelled;
    } catch (IOException silent) {
      return OptionalInt.empty();
    }
  }

  /// Says who asks when the server wants to know it.
  private HttpReply asked(URI uri, Map<String, String> headers, Cancellation cancellation)
      throws IOException {
    Map<String, String> said = access.headers(uri);
    HttpReply reply = once(with(request(uri, said), headers), cancellation);
    if (reply.status() != HttpReply.UNAUTHORIZED) return reply;
    reply.drain();
    reply.close();
    List<String> challenges = reply.headers().allValues("WWW-Authenticate");
    return access.refused(uri, said, challenges, cancellation)
        ? once(with(request(uri, access.headers(uri)), headers), cancellation)
        : reply;
  }

  private HttpRequest.Builder request(URI uri, Map<String, String> said) throws IOException {
    HttpRequest.Builder request =
        egress
            .request(uri)
            .timeout(longestSilence)
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "fieldlift");
    return with(request, said);
  }

  private static HttpRequest.Builder with(
      HttpRequest.Builder request, Map<String, String> headers) {
    headers.forEach(request::header);
    return request;
  }

  private HttpReply once(HttpRequest.Builder builder, Cancellation cancellation)
      throws IOException {
    HttpRequest request = builder.build();
    HttpResponse<InputStream> response = await(request, cancellation);
    // A proxy's refusal of a tunnel comes without any.
    InputStream body = Objects.requireNonNullElse(response.body(), InputStream.nullInputStream());
    InputStream guarded = new StallGuard(body, longestSilence, cancellation);
    return new HttpReply(request.uri(), response.statusCode(), response.headers(), guarded);
  }

  private HttpResponse<InputStream> await(HttpRequest request, Cancellation cancellation)
      throws IOException {
    HttpClient client =
        access.trustsAnybody(request.uri()) ? egress.trustingClient() : egress.client();
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      while (true) {
        cancellation.check();
        try {
          return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillWaiting) {
          // somebody may want to stop by now
        }
      }
    } catch (ExecutionException e) {
      NoAnswer none = new NoAnswer(request.uri(), egress.proxies().of(request.uri()));
      if (e.getCause() instanceof IOException cause) throw none.because(cause);
      throw none.because(new IOException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while asking " + ShownAddress.of(request.uri()));
    } finally {
      answer.cancel(true);
    }
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  /// Stops a server, or somebody between, from leading an https source into the open.
  static URI redirect(URI from, String location) throws Problem {
    if (location.isBlank()) throw badRedirect(from, "nowhere");
    try {
      // Java resolves a bare query as RFC 2396 did, which loses the file's name.
      URI to = from.resolve(location.startsWith("?") ? from.getRawPath() + location : location);
      String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
      boolean isSafe =
          scheme.equals("https")
              || (scheme.equals("http") && from.getScheme().equalsIgnoreCase("http"));
      if (isSafe && to.getHost() != null) return to;
    } catch (IllegalArgumentException e) {
      throw badRedirect(from, location);
    }
    throw badRedirect(from, location);
  }

  private static Problem badRedirect(URI from, String location) {
    return Problem.failed(
        "%s leads to %s, which is not safe to follow."
            .formatted(ShownAddress.of(from), ShownAddress.of(location)),
        "Ask whoever runs the server.");
  }

  private Problem lockedProxy(URI uri) throws Problem {
    Optional<ProxyAddress> proxy = egress.proxies().of(uri);
    String name = proxy.map(address -> "The proxy " + address).orElse("The proxy");
    return proxy.isPresent() && proxy.get().userInfo() != null
        ? Problem.failed(
            name + " does not accept the user name and password it was given.",
            "Correct them in HTTPS_PROXY or HTTP_PROXY; write @ : / % in them as %40 %3A %2F %25.")
        : Problem.failed(
            name + " wants a user name and password.",
            "Put them into HTTPS_PROXY and HTTP_PROXY: http://user:password@host:port.");
  }

  private HttpReply judged(HttpReply reply) throws IOException {
    try {
      judge(reply);
      return reply;
    } catch (IOException refused) {
      reply.close();
      throw refused;
    }
  }

  private void judge(HttpReply reply) throws IOException {
    String where = ShownAddress.of(reply.uri());
    String encoding = reply.headers().firstValue("Content-Encoding").orElse("identity");
    switch (reply.status()) {
      case HttpReply.OK, HttpReply.PARTIAL -> {
        if (!encoding.equalsIgnoreCase("identity")) {
          throw Problem.failed(
              where + " comes compressed (" + PlainText.of(encoding) + "), which nobody asked for.",
              "The server must offer its files as they are.");
        }
        if (reply.isWebPage()) {
          throw Problem.failed(
              where + " was answered with a web page instead of the file.",
              "Perhaps this network wants you to log in: open a browser, then try again.");
        }
      }
      case HttpReply.NOT_FOUND, HttpReply.RANGE_NOT_SATISFIABLE -> {}
      case HttpReply.UNAUTHORIZED, 403 -> throw access.shut(reply.uri(), reply.status());
      case 407 -> throw lockedProxy(reply.uri());
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new HttpBusy(reply.status(), reply.headers(), clock);
      default ->
          throw Problem.failed(
              where + " was answered with status " + reply.status() + ".",
              "Check the address of the source.");
    }
  }
}
