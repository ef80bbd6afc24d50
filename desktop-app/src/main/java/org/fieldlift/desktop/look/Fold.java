package org.fieldlift.desktop.look;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A line that opens to show what lies behind it.
public final class Fold extends VBox {
  private final FontIcon chevron = Look.icon(Feather.CHEVRON_RIGHT);
  private final Label summary = Look.label("", "muted");
  private final Button head = new Button();
  private final Node body;

  public Fold(String title, Node body) {
    this.body = body;
    getStyleClass().add("fold");
    HBox line = Look.row(12, chevron, Look.firm(Look.label(title)), Look.spacer(), summary);
    line.setMouseTransparent(true);
    head.setGraphic(line);
    head.getStyleClass().add("fold-head");
    head.setMaxWidth(Double.MAX_VALUE);
    line.prefWidthProperty().bind(head.widthProperty().subtract(36));
    head.setOnAction(_ -> open(!body.isVisible()));
    summary.textProperty().subscribe(words -> head.setAccessibleText(title + ", " + words));
    body.getStyleClass().add("fold-body");
    getChildren().addAll(head, body);
    open(false);
  }

  /// What is behind the line, in a few words.
  public void summarise(String words) {
    summary.setText(words);
  }

  public void open(boolean open) {
    Look.present(body, open);
    chevron.setIconCode(open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
  }
}
