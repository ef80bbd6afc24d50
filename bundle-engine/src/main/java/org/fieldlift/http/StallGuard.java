package org.fieldlift.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.fieldlift.io.Cancellation;
import org.jspecify.annotations.Nullable;

/// A reply's body that gives up when nothing comes any more, and stops at once when a person wishes
/// so. Java's client watches the time only until the headers are there.
final class StallGuard extends FilterInputStream {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Duration longest;
  private final Cancellation cancellation;
  private final Thread watch;
  private volatile long waitingSince;
  private volatile boolean isWaiting;
  private volatile boolean hasStalled;
  private volatile boolean isClosed;

  StallGuard(InputStream body, Duration longest, Cancellation cancellation) {
    super(body);
    this.longest = longest;
    this.cancellation = cancellation;
    this.watch = Thread.ofVirtual().name("stall-guard").start(this::watch);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    cancellation.check();
    waitingSince = System.nanoTime();
    isWaiting = true;
    try {
      int count = super.read(into, offset, length);
      explain(null);
      return count;
    } catch (IOException e) {
      explain(e);
      throw new IOException("the connection broke in the middle", e);
    } finally {
      isWaiting = false;
    }
  }

  /// The guard ends a wait by closing the body; this says why.
  private void explain(@Nullable IOException cause) throws IOException {
    if (cause instanceof Cancellation.Cancelled) return;
    cancellation.check();
    if (hasStalled)
      throw new HttpTimeoutException("nothing came for " + longest.toSeconds() + " s");
  }

  private void watch() {
    try {
      while (!isClosed) {
        Thread.sleep(LOOK);
        boolean isTooLong = isWaiting && System.nanoTime() - waitingSince > longest.toNanos();
        if (!isTooLong && !cancellation.isCancelled()) continue;
        hasStalled = isTooLong;
        super.close();
        return;
      }
    } catch (InterruptedException | IOException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    watch.interrupt();
    super.close();
  }
}
