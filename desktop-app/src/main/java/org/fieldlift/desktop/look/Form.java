package org.fieldlift.desktop.look;

import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// Fields with their names above them.
public final class Form {
  private Form() {}

  /// @param control what the name belongs to, also for screen readers
  /// @param shown the control, or the row it stands in
  public static VBox field(String name, Control control, Node shown) {
    Label label = Look.label(name, "field-name");
    label.setLabelFor(control);
    control.setAccessibleText(name);
    control.setMaxWidth(Double.MAX_VALUE);
    return Look.column(4, label, shown);
  }
}
