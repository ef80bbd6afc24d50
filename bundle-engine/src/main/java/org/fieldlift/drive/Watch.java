package org.fieldlift.drive;

import java.time.Duration;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Looks at how long a device has been silent: tells the lane when a person should hear of it, and
/// says when to give up.
final class Watch {
  private static final Duration WORRYING = Duration.ofSeconds(20);

  /// How long a device may still be silent after somebody wished to stop.
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Duration patience;
  private final Progress lane;
  private final Cancellation cancellation;
  private volatile boolean isWorking;
  private volatile long begun;

  /// @param patience how long one operation may take
  Watch(Duration patience, Progress lane, Cancellation cancellation) {
    this.patience = patience;
    this.lane = lane;
    this.cancellation = cancellation;
  }

  /// An operation begins, on the device's thread.
  void begins() {
    begun = System.nanoTime();
    isWorking = true;
  }

  /// The device answered.
  void ends() {
    isWorking = false;
  }

  /// The lane has what it waited for.
  void isCalm() {
    lane.concern("");
  }

  boolean givesUp() {
    Duration silence = silence();
    if (silence.compareTo(WORRYING) > 0) {
      lane.concern("no answer for " + silence.toSeconds() + " s");
    }
    boolean isStopped = cancellation.isCancelled() && GRACE.compareTo(patience) < 0;
    return silence.compareTo(isStopped ? GRACE : patience) > 0;
  }

  Duration silence() {
    return isWorking ? Duration.ofNanos(System.nanoTime() - begun) : Duration.ZERO;
  }
}
