package org.fieldlift.io;

import java.time.Duration;
import java.util.Optional;

/// Speed and time left, from how far a work is at each look.
///
/// Two moving averages: one of five seconds for the speed that is shown, one of sixty for the time
/// left, because a drive's speed falls once its fast cache is full and a figure that jumps is not
/// believed.
public final class Rate {
  private static final double SHOWN_SECONDS = 5;
  private static final double FORECAST_SECONDS = 60;

  private long lastNanos;
  private long lastDone;
  private boolean started;
  private double shown;
  private double forecast;

  /// Takes a look. Work that was taken back, to be done anew, says nothing of the speed.
  ///
  /// @param nanos [System#nanoTime] of the look
  /// @param done bytes done so far
  public void look(long nanos, long done) {
    if (!started || done < lastDone) {
      started = true;
    } else {
      double seconds = (nanos - lastNanos) / 1e9;
      if (seconds <= 0) return;
      double now = (done - lastDone) / seconds;
      shown = average(shown, now, seconds / SHOWN_SECONDS);
      forecast = average(forecast, now, seconds / FORECAST_SECONDS);
    }
    lastNanos = nanos;
    lastDone = done;
  }

  /// Bytes a second.
  public double bytesPerSecond() {
    return shown;
  }

  /// How long the rest takes, or nothing while nobody can know.
  public Optional<Duration> left(long bytesLeft) {
    if (forecast < 1) return Optional.empty();
    return Optional.of(Duration.ofMillis((long) (1000.0 * bytesLeft / forecast)));
  }

  private static double average(double old, double now, double weight) {
    if (old == 0) return now;
    double share = 1 - Math.exp(-weight);
    return old + share * (now - old);
  }
}
