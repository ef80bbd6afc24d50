package org.fieldlift.desktop.releases;

import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.releases.ReleasesModel.Entry;
import org.fieldlift.desktop.releases.ReleasesModel.Line;
import org.fieldlift.desktop.releases.ReleasesModel.Product;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.jspecify.annotations.Nullable;

/// The list of releases under its heading. Product lines are stepped over by the keyboard.
final class ReleaseList extends VBox {
  private final ListView<Line> list = new ListView<>();
  private final ReleasesModel model;

  ReleaseList(ReleasesModel model, Words words) {
    this.model = model;
    list.setItems(model.lines());
    list.setCellFactory(_ -> new ReleaseCell(words));
    list.getStyleClass().addAll("releases", "edge-to-edge");
    list.setAccessibleText(words.text("page.releases"));
    list.getSelectionModel().selectedItemProperty().subscribe(this::choose);
    model.chosen().subscribe(this::show);
    model.lines().subscribe(() -> show(model.chosen().get()));
    list.setPlaceholder(placeholder(words));
    getChildren().addAll(heading(words), Look.grow(list));
  }

  /// Calls back when a person opens a release by a click or by Enter.
  void whenOpened(Runnable opened) {
    list.setOnMouseClicked(_ -> opened.run());
    list.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER) opened.run();
        });
  }

  private VBox placeholder(Words words) {
    Label what = Look.paragraph("", "section-title");
    Label next = Look.paragraph("", "muted");
    model
        .query()
        .subscribe(query -> {
          what.setText(words.text(query.isEmpty() ? "releases.none" : "releases.none-match"));
          next.setText(
              words.text(query.isEmpty() ? "releases.none.next" : "releases.none-match.next"));
        });
    VBox placeholder = Look.column(8, what, next);
    placeholder.getStyleClass().add("empty-state");
    placeholder.visibleProperty().bind(model.loaded());
    return placeholder;
  }

  private static HBox heading(Words words) {
    HBox heading =
        ReleaseCell.columns(
            Look.label(words.text("releases.version")),
            Look.label(words.text("releases.platform")),
            Look.label(words.text("unit.gb")),
            Look.label(words.text("releases.date")),
            Look.label(words.text("releases.verdict")),
            Look.label(words.text("releases.where")));
    heading.getStyleClass().add("list-heading");
    return heading;
  }

  private void choose(@Nullable Line before, @Nullable Line line) {
    switch (line) {
      case null -> {}
      case Entry(Row row, long _) -> model.chosen().set(Optional.of(row));
      case Product heading -> stepOver(before, heading);
    }
  }

  private void stepOver(@Nullable Line before, Product heading) {
    int here = model.lines().indexOf(heading);
    boolean upwards = before != null && model.lines().indexOf(before) > here;
    int next = upwards && here > 0 ? here - 1 : here + 1;
    list.getSelectionModel().clearAndSelect(next);
    if (upwards && here == 0) list.scrollTo(0);
  }

  private void show(Optional<Row> row) {
    for (int index = 0; index < model.lines().size(); index++) {
      if (model.lines().get(index) instanceof Entry entry
          && row.filter(entry.row()::equals).isPresent()) {
        list.getSelectionModel().clearAndSelect(index);
        return;
      }
    }
    list.getSelectionModel().clearSelection();
  }
}
