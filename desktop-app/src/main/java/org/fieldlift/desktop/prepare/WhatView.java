package org.fieldlift.desktop.prepare;

import javafx.scene.control.CheckBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;

/// Section 1: the genuine releases of this station, to be ticked.
final class WhatView extends VBox {
  private static final double HIGHEST = 288;

  WhatView(Choices<Row, Digest> releases, Words words, Runnable goOn) {
    ChoiceList<Choice<Row>> list =
        new ChoiceList<>(releases.all(), choice -> line(choice, words), HIGHEST);
    list.setPlaceholder(Look.paragraph(words.text("prepare.what.empty"), "muted", "empty-line"));
    var next = Look.button(words.text("prepare.next.whom"), goOn);
    HBox foot = Look.row(8, Look.spacer(), next);
    foot.getStyleClass().add("section-foot");
    getChildren().addAll(list, foot);
  }

  private static HBox line(Choice<Row> choice, Words words) {
    Row row = choice.value();
    String name = ProductName.of(row.product()) + " " + PlainText.of(row.label());
    CheckBox box = new CheckBox(name);
    box.selectedProperty().bindBidirectional(choice.chosen());
    box.setAccessibleText(
        words.text(
            "releases.facts",
            name + ", " + ProductName.platform(row.platform()),
            words.size(row.size()),
            words.date(row.createdAt())));
    box.setMaxWidth(Double.MAX_VALUE);
    return Look.row(
        12,
        Look.grow(box),
        Look.wide(52, Look.label(ProductName.platform(row.platform()), "muted")),
        right(60, words.size(row.size())),
        right(84, words.date(row.createdAt())),
        Look.chip(Mood.GOOD, words.text("verdict.genuine")));
  }

  private static javafx.scene.control.Label right(double width, String text) {
    var label = Look.wide(width, Look.label(text, "muted"));
    label.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
    return label;
  }
}
