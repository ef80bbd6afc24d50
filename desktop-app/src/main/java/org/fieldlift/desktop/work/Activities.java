package org.fieldlift.desktop.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What runs in the background, in words, for the status line. The newest work speaks.
///
/// Only the window's thread calls it.
public final class Activities {
  private final List<Supplier<String>> running = new ArrayList<>();
  private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");

  /// Some work has begun.
  ///
  /// @param sentence asked again at every [#look]
  /// @return to be called when the work has ended
  public Runnable begin(Supplier<String> sentence) {
    running.add(sentence);
    look();
    return () -> {
      running.remove(sentence);
      look();
    };
  }

  /// Asks the newest work how far it is.
  public void look() {
    words.set(running.isEmpty() ? "" : running.getLast().get());
  }

  /// Empty when nothing runs.
  public ReadOnlyStringProperty words() {
    return words.getReadOnlyProperty();
  }
}
