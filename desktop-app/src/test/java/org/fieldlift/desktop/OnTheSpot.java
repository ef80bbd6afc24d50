package org.fieldlift.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fieldlift.desktop.work.Background;
import org.jspecify.annotations.Nullable;

/// Does work on the spot, in the caller's thread; or, while it holds back, when a test lets go.
public final class OnTheSpot implements Background {
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean holding;

  @Override
  public <T extends @Nullable Object> void start(
      Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    Runnable job = () -> run(work, done, failed);
    if (holding) waiting.add(job);
    else job.run();
  }

  private static <T extends @Nullable Object> void run(
      Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    T result;
    try {
      result = work.run();
    } catch (Exception failure) {
      failed.accept(failure);
      return;
    }
    done.accept(result);
  }

  /// From now on work waits.
  public void hold() {
    holding = true;
  }

  /// Does what waits now; what that starts waits in its turn.
  public void letGoOnce() {
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  /// Does what waits, and from now on work is done on the spot again.
  public void letGo() {
    holding = false;
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }
}
