package org.fieldlift.desktop.releases;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.releases.ReleasesModel.Entry;
import org.fieldlift.desktop.releases.ReleasesModel.Line;
import org.fieldlift.desktop.releases.ReleasesModel.Product;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Verdicts;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;

/// A line of the list: a product's heading, or a release in columns.
final class ReleaseCell extends ListCell<Line> {
  static final double PLATFORM = 46;
  static final double SIZE = 30;
  static final double DATE = 90;
  static final double VERDICT = 110;
  static final double WHERE = 76;

  private final Words words;

  ReleaseCell(Words words) {
    this.words = words;
    getStyleClass().add("release-cell");
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable Line line, boolean empty) {
    super.updateItem(line, empty);
    boolean heading = line instanceof Product;
    getStyleClass().remove("heading");
    if (heading) getStyleClass().add("heading");
    setDisable(heading);
    setText(null);
    setGraphic(line == null || empty ? null : graphic(line));
  }

  private Node graphic(Line line) {
    return switch (line) {
      case Product(String name, String path) -> heading(name, path);
      case Entry(Row row, long drives) -> columns(row, drives);
    };
  }

  private Node heading(String name, String path) {
    HBox heading =
        Look.row(8, Look.label(name, "section-title"), Look.label(PlainText.of(path), "small"));
    heading.setAlignment(Pos.BASELINE_LEFT);
    setAccessibleText(name);
    return heading;
  }

  private Node columns(Row row, long drives) {
    String verdict = Verdicts.chip(row, words);
    String where = where(row, drives, words);
    HBox columns =
        columns(
            Look.label(PlainText.of(row.label()), "version"),
            Look.label(ProductName.platform(row.platform()), "muted"),
            Look.label(words.gigabytes(row.size())),
            Look.label(words.date(row.createdAt()), "muted"),
            Look.chip(Verdicts.mood(row), verdict),
            Look.label(where, "small"));
    setAccessibleText(
        words.text(
            "releases.line",
            ProductName.of(row.product()),
            PlainText.of(row.label()),
            ProductName.platform(row.platform()),
            words.size(row.size()),
            words.date(row.createdAt()),
            verdict,
            where));
    return columns;
  }

  /// Lays six labels out in the list's columns; the heading of the list uses the same.
  static HBox columns(
      Label version, Label platform, Label size, Label date, Label verdict, Label where) {
    version.setMaxWidth(Double.MAX_VALUE);
    Label[] right = {size, date, where};
    for (Label label : right) label.setAlignment(Pos.CENTER_RIGHT);
    HBox chip = Look.row(0, verdict);
    chip.setPadding(new Insets(0, 0, 0, 6));
    version.setMinWidth(0);
    return Look.row(
        8,
        Look.grow(version),
        Look.wide(PLATFORM, platform),
        Look.wide(SIZE, size),
        Look.wide(DATE, date),
        Look.wide(VERDICT, chip),
        Look.wide(WHERE, where));
  }

  private static String where(Row row, long drives, Words words) {
    return switch (row.where()) {
      case HERE -> words.text("releases.here", drives);
      case AT_SOURCE -> words.text("releases.at-source", drives);
    };
  }
}
