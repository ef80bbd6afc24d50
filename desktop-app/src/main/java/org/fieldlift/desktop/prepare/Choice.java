package org.fieldlift.desktop.prepare;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// Something a person may choose or leave.
final class Choice<T> {
  private final T value;
  private final BooleanProperty chosen;

  /// @param changed called whenever the person changes their mind
  Choice(T value, boolean chosen, Runnable changed) {
    this.value = value;
    this.chosen = new SimpleBooleanProperty(chosen);
    this.chosen.subscribe((_, _) -> changed.run());
  }

  T value() {
    return value;
  }

  BooleanProperty chosen() {
    return chosen;
  }

  boolean isChosen() {
    return chosen.get();
  }
}
