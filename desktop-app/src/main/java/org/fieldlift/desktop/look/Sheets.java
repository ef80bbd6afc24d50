package org.fieldlift.desktop.look;

import atlantafx.base.controls.ModalPane;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Sheets over the page, inside the one window. Escape and the way out always close a sheet and
/// change nothing.
public final class Sheets {
  private static final double WIDTH = 560;

  private final ModalPane pane = new ModalPane();
  private @Nullable Node focusBefore;

  public Sheets() {
    pane.setInTransitionFactory(null);
    pane.setOutTransitionFactory(null);
    pane.setAlignment(Pos.CENTER);
    pane.displayProperty().subscribe(this::giveFocusBack);
  }

  /// Lies over everything else of the window.
  public Node node() {
    return pane;
  }

  public boolean isOpen() {
    return pane.isDisplay();
  }

  /// Shows a sheet.
  ///
  /// @param first has the focus when the sheet opens
  /// @param buttons from left to right; the last one is the way on
  public void show(String title, Node body, Node first, Button... buttons) {
    if (pane.getScene() != null) focusBefore = pane.getScene().getFocusOwner();
    HBox row = Look.row(8, Look.spacer());
    row.getChildren().addAll(buttons);
    row.getStyleClass().add("sheet-buttons");
    VBox sheet = Look.column(12, Look.paragraph(title, "section-title"), body, row);
    sheet.getStyleClass().add("sheet-card");
    sheet.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
    sheet.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) close();
        });
    pane.show(sheet);
    first.requestFocus();
  }

  public void close() {
    pane.hide(true);
  }

  private void giveFocusBack(boolean shown) {
    if (!shown && focusBefore != null) {
      focusBefore.requestFocus();
      focusBefore = null;
    }
  }
}
