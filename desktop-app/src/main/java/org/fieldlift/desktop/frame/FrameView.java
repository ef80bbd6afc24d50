package org.fieldlift.desktop.frame;

import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;

/// The window's content: sidebar, page, drive dock, status line, and the sheet over all of them.
///
/// Control and a digit goes to a page, Control and F to the search field.
public final class FrameView extends StackPane {
  private static final double SIDEBAR = 176;
  private static final double DOCK = 232;

  private final ObjectProperty<Place> place;
  private final Words words;
  private final Sheets sheets;
  private final StackPane centre = new StackPane();

  /// @param pages the page of each place
  public FrameView(
      ObjectProperty<Place> place,
      Map<Place, Node> pages,
      javafx.scene.layout.Region dock,
      StatusModel status,
      Words words,
      Sheets sheets) {
    this.place = place;
    this.words = words;
    this.sheets = sheets;
    getStyleClass().add("frame");
    BorderPane frame = new BorderPane(centre);
    frame.setLeft(Look.wide(SIDEBAR, new Sidebar(place, words)));
    frame.setRight(Look.wide(DOCK, dock));
    frame.setBottom(new StatusLine(status, words));
    centre.setMinWidth(0);
    getChildren().addAll(frame, sheets.node());
    place.subscribe(here -> centre.getChildren().setAll(pages.get(here)));
    addEventHandler(KeyEvent.KEY_PRESSED, this::go);
  }

  private void go(KeyEvent event) {
    for (Place each : Place.values()) {
      KeyCode digit = KeyCode.valueOf("DIGIT" + (each.ordinal() + 1));
      if (new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN).match(event)
          && !sheets.isOpen()) {
        place.set(each);
        event.consume();
      }
    }
  }

  /// Asks before drives that are being written are given up.
  public void askToClose(Runnable stopAndClose) {
    Button stay = Look.button(words.text("close.stay"), sheets::close, "accent");
    Button stop = Look.button(words.text("close.stop"), stopAndClose, "danger");
    sheets.show(
        words.text("close.title"), Look.paragraph(words.text("close.words")), stay, stop, stay);
  }
}
