package org.fieldlift.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// How often and after how long a request is tried again: twice as long each time, with chance in
/// it, so that many stations do not come back to a struggling server at the same moment.
///
/// @param sleeper waits; a test's does not
record Patience(Sleeper sleeper, RandomGenerator chance) {
  /// Tries without a single byte of progress before giving up.
  static final int MOST_TRIES = 6;

  static final Duration FIRST_WAIT = Duration.ofMillis(500);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /// A server that wants us to wait longer is taken at its word: the person is told.
  static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  private static final Duration NAP = Duration.ofMillis(200);

  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  static Patience standard() {
    return new Patience(Thread::sleep, RandomGenerator.getDefault());
  }

  /// Begins to count the tries of one request.
  ///
  /// @param longestSilence after which somebody who has not said a word is not asked again
  Tries tries(URI uri, Duration longestSilence) {
    return new Tries(uri, longestSilence);
  }

  /// The tries of one request.
  final class Tries {
    private final URI uri;
    private final Duration longestSilence;
    private final long begin = System.nanoTime();
    private boolean isHeard;
    private int failed;

    private Tries(URI uri, Duration longestSilence) {
      this.uri = uri;
      this.longestSilence = longestSilence;
    }

    /// Something came: the server is alive, and counting begins anew.
    void progressed() {
      isHeard = true;
      failed = 0;
    }

    /// Waits before the next try, or gives up.
    void failed(IOException cause, Cancellation cancellation) throws IOException {
      failed++;
      Duration wait = backOff();
      if (cause instanceof HttpBusy busy) {
        isHeard = true;
        Duration asked = busy.retryAfter().orElse(wait);
        if (asked.compareTo(LONGEST_RETRY_AFTER) > 0) throw later(asked, cause);
        if (asked.compareTo(wait) > 0) wait = asked;
      }
      if (failed >= MOST_TRIES || isSilent()) throw gaveUp(cause);
      pause(wait, cancellation);
    }

    /// Connected to or not, with a secure connection half begun or without: whoever keeps silent
    /// for so long at first is not there.
    private boolean isSilent() {
      return !isHeard && System.nanoTime() - begin >= longestSilence.toNanos();
    }

    /// Between half of the full wait and all of it.
    private Duration backOff() {
      long full =
          Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(failed - 1, 20));
      return Duration.ofMillis(full / 2 + chance.nextLong(full / 2 + 1));
    }

    private Problem gaveUp(IOException broken) {
      IOException cause = isHeard ? broken : new Unheard(broken);
      return new Problem(
          Problem.Kind.FAILED,
          "%s cannot be fetched: %s (tried %s)."
              .formatted(
                  ShownAddress.of(uri), words(broken), failed == 1 ? "once" : failed + " times"),
          "Check the connection, then try again; what has arrived is kept.",
          cause);
    }

    private Problem later(Duration asked, IOException cause) {
      return new Problem(
          Problem.Kind.FAILED,
          "%s is busy and asks to come back in %s."
              .formatted(PlainText.of(uri.getHost()), words(asked)),
          "Try again then; what has arrived is kept.",
          cause);
    }
  }

  /// The server never said a word.
  static final class Unheard extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private Unheard(IOException cause) {
      super(cause);
    }
  }

  private void pause(Duration wait, Cancellation cancellation) throws IOException {
    Duration left = wait;
    try {
      while (left.isPositive()) {
        cancellation.check();
        Duration nap = left.compareTo(NAP) < 0 ? left : NAP;
        sleeper.sleep(nap);
        left = left.minus(nap);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting");
    }
    cancellation.check();
  }

  private static String words(Duration asked) {
    if (asked.compareTo(Duration.ofDays(2)) >= 0) return asked.toDays() + " days";
    if (asked.compareTo(Duration.ofHours(2)) >= 0) return asked.toHours() + " hours";
    return asked.plusSeconds(59).toMinutes() + " minutes";
  }

  private static String words(IOException cause) {
    String message = cause.getMessage();
    return message == null
        ? "the connection broke (" + cause.getClass().getSimpleName() + ")"
        : PlainText.of(message);
  }
}
