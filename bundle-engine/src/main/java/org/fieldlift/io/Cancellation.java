package org.fieldlift.io;

import java.io.InterruptedIOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A person's wish to stop, carried from a face to whatever works for it.
///
/// Work asks [#check] between two steps, each of which may take a second at most.
public final class Cancellation {
  private final @Nullable Cancellation parent;
  private volatile boolean cancelled;

  public Cancellation() {
    this(null);
  }

  private Cancellation(@Nullable Cancellation parent) {
    this.parent = parent;
  }

  /// A cancellation for one part of the work: cancelling it leaves the rest alone, cancelling the
  /// whole cancels it too.
  public Cancellation child() {
    return new Cancellation(this);
  }

  /// Asks the work to stop at its next step. Safe from any thread; a second call changes nothing.
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled || (parent != null && parent.isCancelled());
  }

  /// Goes on, or stops the work.
  ///
  /// @throws Cancelled when somebody called [#cancel]
  public void check() throws Cancelled {
    if (isCancelled()) throw new Cancelled();
  }

  /// The work stopped because a person wished so; nothing is wrong.
  public static final class Cancelled extends InterruptedIOException {
    @Serial private static final long serialVersionUID = 1;

    Cancelled() {
      super("Stopped on request.");
    }
  }
}
