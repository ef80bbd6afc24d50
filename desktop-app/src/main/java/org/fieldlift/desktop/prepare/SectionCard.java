package org.fieldlift.desktop.prepare;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// One numbered question of the page; folded to one line once it is answered.
final class SectionCard extends VBox {
  private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");
  private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
  private static final double TITLE_WIDTH = 96;

  private final Label step = new Label();
  private final Label summary = Look.paragraph("");
  private final Label aside = Look.firm(Look.label("", "muted"));
  private final Button change;
  private final Node body;

  SectionCard(String title, Node body, Words words, Runnable open) {
    this.body = body;
    getStyleClass().add("section-card");
    step.getStyleClass().add("step");
    change = Look.button(words.text("prepare.change"), open, "link-button");
    change.setAccessibleText(words.text("prepare.change") + ", " + title);
    summary.setMaxWidth(Double.MAX_VALUE);
    HBox head =
        Look.row(
            12,
            step,
            Look.wide(TITLE_WIDTH, Look.label(title, "strong")),
            Look.grow(summary),
            aside,
            change);
    head.getStyleClass().add("section-head");
    head.setOnMouseClicked(_ -> open.run());
    VBox.setVgrow(body, Priority.NEVER);
    getChildren().addAll(head, body);
    if (body instanceof Region region) region.getStyleClass().add("section-body");
  }

  /// @param open its body is shown
  /// @param done it has an answer
  void show(boolean open, boolean done, String words, String figures) {
    Look.present(body, open);
    Look.present(change, !open);
    summary.setText(words);
    aside.setText(figures);
    step.setGraphic(
        done && !open ? Look.icon(Feather.CHECK) : open ? Look.icon(Mood.WORKING) : null);
    pseudoClassStateChanged(DONE, done && !open);
    pseudoClassStateChanged(OPEN, open);
  }
}
