package org.fieldlift.http;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// A server that cannot answer now but may later (408, 425, 429, 5xx).
final class HttpBusy extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /// Digits; more are as good as never, and would overflow.
  private static final int LONGEST_SECONDS = 9;

  private static final Duration NEVER = Duration.ofDays(36_500);

  private final transient Optional<Duration> retryAfter;

  HttpBusy(int status, HttpHeaders headers, Clock clock) {
    super("the server answered with status " + status);
    this.retryAfter = headers.firstValue("Retry-After").flatMap(text -> parse(text, clock));
  }

  /// How long the server wants us to wait, when it said so.
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /// `Retry-After` (RFC 9110 10.2.3): seconds, or a date.
  static Optional<Duration> parse(String text, Clock clock) {
    if (text.matches("\\d+")) {
      return Optional.of(
          text.length() > LONGEST_SECONDS ? NEVER : Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      Duration wait = Duration.between(clock.instant(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
