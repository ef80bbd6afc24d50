package org.fieldlift.desktop.work;

import java.util.function.Consumer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// Work on virtual threads; its end comes back through [Platform#runLater], here and nowhere else.
public final class WindowBackground implements Background {
  @Override
  public <T extends @Nullable Object> void start(
      Work<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    Thread.ofVirtual()
        .name("work")
        .start(() -> {
          try {
            T result = work.run();
            Platform.runLater(() -> done.accept(result));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Platform.runLater(() -> failed.accept(e));
          } catch (Exception | LinkageError | OutOfMemoryError e) {
            Platform.runLater(() -> failed.accept(e));
          }
        });
  }
}
