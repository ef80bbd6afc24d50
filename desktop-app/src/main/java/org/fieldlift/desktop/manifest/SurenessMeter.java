package org.fieldlift.desktop.manifest;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A grey meter of four steps; always shown with its word.
final class SurenessMeter extends HBox {
  private static final int STEPS = 4;

  /// @param steps filled steps, 0 to 4
  SurenessMeter(int steps) {
    super(2);
    getStyleClass().add("sureness");
    for (int step = 0; step < STEPS; step++) {
      Region mark = new Region();
      mark.getStyleClass().add(step < steps ? "filled" : "hollow");
      getChildren().add(mark);
    }
  }
}
