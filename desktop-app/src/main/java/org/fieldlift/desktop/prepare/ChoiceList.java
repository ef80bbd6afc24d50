package org.fieldlift.desktop.prepare;

import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// A list of lines with a tick box each, as high as its lines up to a limit. Space ticks the line
/// that has the focus.
final class ChoiceList<L> extends ListView<L> {
  private static final double LINE = 32;

  ChoiceList(ObservableList<L> lines, Function<L, Node> draw, double highest) {
    super(lines);
    getStyleClass().addAll("choices", "edge-to-edge");
    setFixedCellSize(LINE);
    setCellFactory(_ -> new Cell<>(draw));
    var height =
        Bindings.createDoubleBinding(
            () -> Math.min(highest, Math.max(2, lines.size()) * LINE + 2), lines);
    prefHeightProperty().bind(height);
    minHeightProperty().bind(height);
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.SPACE) tickFocused();
        });
  }

  private void tickFocused() {
    L line = getFocusModel().getFocusedItem();
    for (Node node : lookupAll(".list-cell")) {
      if (node instanceof ListCell<?> cell
          && cell.getItem() == line
          && line != null
          && cell.lookup(".check-box") instanceof CheckBox box
          && !box.isFocused()) {
        box.fire();
        return;
      }
    }
  }

  private static final class Cell<L> extends ListCell<L> {
    private final Function<L, Node> draw;

    Cell(Function<L, Node> draw) {
      this.draw = draw;
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable L line, boolean empty) {
      super.updateItem(line, empty);
      setText(null);
      setGraphic(line == null || empty ? null : draw.apply(line));
    }
  }
}
