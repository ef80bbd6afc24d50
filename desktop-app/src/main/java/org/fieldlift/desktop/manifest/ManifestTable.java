package org.fieldlift.desktop.manifest;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Words;
import org.jspecify.annotations.Nullable;

/// The answer as a table: device, site, what it has, how sure that is, since when, on which drive.
final class ManifestTable extends TableView<DeviceRow> {
  private static final double LINE = 32;
  private static final double ROOM_FOR_DRIVE = 720;
  private static final double ROOM_FOR_SINCE = 600;

  ManifestTable(ManifestModel model, Words words) {
    super(model.rows());
    getStyleClass().add("manifest");
    setFixedCellSize(LINE);
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    setAccessibleText(words.text("page.manifest"));
    TableColumn<DeviceRow, String> device =
        column(words.text("column.device"), 112, DeviceRow::device);
    device.getStyleClass().add("first-column");
    getColumns().add(device);
    getColumns().add(column(words.text("column.site"), 112, DeviceRow::site));
    getColumns().add(column(words.text("column.has"), 172, DeviceRow::has));
    TableColumn<DeviceRow, DeviceRow> sure =
        column(words.text("column.sure"), 190, Function.identity());
    sure.setComparator(Comparator.comparingInt(DeviceRow::sureness));
    sure.setCellFactory(_ -> new Drawn(ManifestTable::sure));
    getColumns().add(sure);
    TableColumn<DeviceRow, DeviceRow> since =
        column(words.text("column.since"), 110, Function.identity());
    since.setComparator(Comparator.comparingLong(DeviceRow::sinceDay));
    since.setCellFactory(_ -> new Drawn(row -> Look.label(row.since(), "muted")));
    getColumns().add(since);
    TableColumn<DeviceRow, String> drive =
        column(words.text("column.drive"), 130, DeviceRow::drive);
    getColumns().add(drive);
    widthProperty()
        .subscribe(width -> {
          showBy(width.doubleValue(), drive, ROOM_FOR_DRIVE);
          showBy(width.doubleValue(), since, ROOM_FOR_SINCE);
        });
  }

  /// What there is no room for goes, the least important first.
  private static void showBy(double width, TableColumn<?, ?> column, double narrowest) {
    boolean fits = width >= narrowest;
    if (column.isVisible() != fits) column.setVisible(fits);
  }

  private static Node sure(DeviceRow row) {
    if (row.sureness() == 0) return Look.label("");
    return Look.row(8, new SurenessMeter(row.sureness()), Look.label(row.sure(), "muted"));
  }

  private static <T> TableColumn<DeviceRow, T> column(
      String title, double width, Function<DeviceRow, T> value) {
    TableColumn<DeviceRow, T> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    return column;
  }

  private static final class Drawn extends TableCell<DeviceRow, DeviceRow> {
    private final Function<DeviceRow, Node> draw;

    Drawn(Function<DeviceRow, Node> draw) {
      this.draw = draw;
    }

    @Override
    protected void updateItem(@Nullable DeviceRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(null);
      setGraphic(row == null || empty ? null : draw.apply(row));
    }
  }
}
