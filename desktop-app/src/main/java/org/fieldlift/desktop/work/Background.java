package org.fieldlift.desktop.work;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs long work away from the window and brings its end back to the window's thread. Tests give
/// one that does both on the spot.
@FunctionalInterface
public interface Background {
  /// Something that may take long.
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws IOException, InterruptedException;
  }

  /// Starts work and returns at once. Exactly one of the two is called later, on the window's
  /// thread.
  <T extends @Nullable Object> void start(
      Work<T> work, Consumer<T> done, Consumer<Throwable> failed);
}
