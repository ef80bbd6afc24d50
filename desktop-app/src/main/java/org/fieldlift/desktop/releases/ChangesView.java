package org.fieldlift.desktop.releases;

import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.releases.Changes.Added;
import org.fieldlift.desktop.releases.Changes.Change;
import org.fieldlift.desktop.releases.Changes.Changed;
import org.fieldlift.desktop.releases.Changes.Removed;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What changes from an older release to the chosen one.
final class ChangesView extends VBox {
  private final DetailModel model;
  private final Words words;
  private final ComboBox<Row> older = new ComboBox<>();
  private final VBox apps = Look.column(12);
  private final Label counts = Look.paragraph("", "small");

  ChangesView(DetailModel model, Words words) {
    super(12);
    this.model = model;
    this.words = words;
    Label title = Look.firm(Look.label(words.text("changes.from"), "strong"));
    title.setLabelFor(older);
    older.setAccessibleText(title.getText());
    older.setConverter(new LabelOfRow());
    older.setItems(model.comparable());
    older.valueProperty().subscribe(this::choose);
    model.comparedWith().subscribe(row -> older.setValue(row.orElse(null)));
    model.comparable().subscribe(this::presentOrNot);
    presentOrNot();
    model.changes().subscribe(this::show);
    getChildren().addAll(Look.row(8, title, older), apps, counts);
  }

  private void presentOrNot() {
    Look.present(this, !model.comparable().isEmpty());
  }

  private void choose(@Nullable Row row) {
    if (row != null) model.comparedWith().set(Optional.of(row));
  }

  private void show(Optional<Changes> changes) {
    ObservableList<Node> lines = apps.getChildren();
    lines.clear();
    changes.ifPresent(found -> found.apps().forEach(change -> lines.add(line(change))));
    counts.setText(
        changes
            .map(found ->
                words.text(
                    found.newImages() + found.newDownloads() == 0
                        ? "changes.nothing"
                        : "changes.counts",
                    found.newImages(),
                    found.images(),
                    found.newDownloads(),
                    found.downloads()))
            .orElse(""));
  }

  private Node line(Change change) {
    return switch (change) {
      case Added(String app, String version) ->
          line(Feather.PLUS, app + " " + version, words.text("changes.added"));
      case Changed(String app, String from, String to) ->
          line(Feather.ARROW_UP, app, words.text("changes.changed", from, to));
      case Removed(String app, String version) ->
          line(Feather.MINUS, app + " " + version, words.text("changes.removed"));
    };
  }

  private static Node line(Feather shape, String app, String what) {
    Label sign = Look.label("", "change-sign");
    sign.setGraphic(Look.icon(shape));
    return Look.row(8, sign, Look.label(app), Look.spacer(), Look.firm(Look.label(what, "muted")));
  }

  /// Shows a release by its version.
  private static final class LabelOfRow extends StringConverter<Row> {
    @Override
    public String toString(@Nullable Row row) {
      return row == null ? "" : PlainText.of(row.label());
    }

    @Override
    public Row fromString(String label) {
      throw new UnsupportedOperationException("the box cannot be typed into");
    }
  }
}
