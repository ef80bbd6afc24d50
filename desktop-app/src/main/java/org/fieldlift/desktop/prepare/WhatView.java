package org.fieldlift.desktop.prepare;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Verdicts;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;

/// Section 1: the genuine releases of this station, to be ticked; one that expired says so.
final class WhatView extends VBox {
  private static final double HIGHEST = 288;
  private static final double VERDICT = 104;
  private static final double ROOM_FOR_DATE = 560;

  private final BooleanProperty roomForDate = new SimpleBooleanProperty(true);

  WhatView(Choices<Row, Digest> releases, Words words, Runnable goOn) {
    ChoiceList<Choice<Row>> list =
        new ChoiceList<>(releases.all(), choice -> line(choice, words), HIGHEST);
    list.widthProperty().subscribe(width -> roomForDate.set(width.doubleValue() >= ROOM_FOR_DATE));
    list.setPlaceholder(Look.paragraph(words.text("prepare.what.empty"), "muted", "empty-line"));
    Button next = Look.button(words.text("prepare.next.whom"), goOn);
    HBox foot = Look.row(8, Look.spacer(), next);
    foot.getStyleClass().add("section-foot");
    getChildren().addAll(list, foot);
  }

  private HBox line(Choice<Row> choice, Words words) {
    Row row = choice.value();
    String name = ProductName.of(row.product()) + " " + PlainText.of(row.label());
    CheckBox box = Look.wholeOnHover(new CheckBox(name));
    box.selectedProperty().bindBidirectional(choice.chosen());
    box.setAccessibleText(
        words.text(
                "releases.facts",
                name + ", " + ProductName.platform(row.platform()),
                words.size(row.size()),
                words.date(row.createdAt()))
            + row.expiredSince().map(_ -> " · " + Verdicts.chip(row, words)).orElse(""));
    box.setMaxWidth(Double.MAX_VALUE);
    Label date = right(92, words.date(row.createdAt()));
    HBox verdict = Look.row(0, Look.chip(Verdicts.mood(row), Verdicts.chip(row, words)));
    verdict.setAlignment(Pos.CENTER_RIGHT);
    date.visibleProperty().bind(roomForDate);
    date.managedProperty().bind(roomForDate);
    return Look.row(
        12,
        Look.grow(box),
        Look.wide(52, Look.label(ProductName.platform(row.platform()), "muted")),
        right(60, words.size(row.size())),
        date,
        Look.wide(VERDICT, verdict));
  }

  private static Label right(double width, String text) {
    Label label = Look.wide(width, Look.label(text, "muted"));
    label.setAlignment(Pos.CENTER_RIGHT);
    return label;
  }
}
