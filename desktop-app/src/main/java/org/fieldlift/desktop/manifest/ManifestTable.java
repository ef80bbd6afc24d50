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
  private static final double DEVICE = 94;
  private static final double WIDE_DEVICE = 124;
  private static final double SITE = 102;
  private static final double HAS = 154;
  private static final double ROOM_FOR_DRIVE = 720;
  private static final double ROOM_FOR_SINCE = 600;

  /// The longest state, with its meter, is not cut.
  private static final double SURE = 190;

  ManifestTable(ManifestModel model, Words words) {
    super(model.rows());
    getStyleClass().add("manifest");
    setFixedCellSize(LINE);
    setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    setAccessibleText(words.text("page.manifest"));
    TableColumn<DeviceRow, String> device =
        column(words.text("column.device"), DEVICE, DeviceRow::device);
    device.getStyleClass().add("first-column");
    getColumns().add(device);
    TableColumn<DeviceRow, String> site = column(words.text("column.site"), SITE, DeviceRow::site);
    site.setMinWidth(SITE);
    getColumns().add(site);
    TableColumn<DeviceRow, String> has = column(words.text("column.has"), HAS, DeviceRow::has);
    has.setMinWidth(HAS);
    getColumns().add(has);
    TableColumn<DeviceRow, DeviceRow> sure =
        column(words.text("column.sure"), SURE, Function.identity());
    sure.setMinWidth(SURE);
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
          device.setMinWidth(width.doubleValue() >= ROOM_FOR_DRIVE ? WIDE_DEVICE : DEVICE);
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
    column.setCellFactory(_ -> new Text<>());
    column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
    return column;
  }

  private static final class Text<T> extends TableCell<DeviceRow, T> {
    Text() {
      Look.wholeOnHover(this);
    }

    @Override
    protected void updateItem(@Nullable T text, boolean empty) {
      super.updateItem(text, empty);
      setText(text == null || empty ? null : text.toString());
    }
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
