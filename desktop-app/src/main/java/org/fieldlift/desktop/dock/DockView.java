package org.fieldlift.desktop.dock;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// The drive dock at the window's right edge.
public final class DockView extends VBox {
  private final DockModel model;
  private final Words words;
  private final Sheets sheets;
  private final VBox tiles = Look.column(8);

  public DockView(DockModel model, Words words, Sheets sheets, FileChoice files) {
    this.model = model;
    this.words = words;
    this.sheets = sheets;
    getStyleClass().add("dock");
    Label count = Look.label("", "small");
    HBox heading = Look.row(8, Look.label(words.text("dock.title"), "strong"), count);
    heading.getStyleClass().add("dock-heading");
    tiles.getStyleClass().add("tiles");
    ScrollPane scroll = new ScrollPane(tiles);
    scroll.setFitToWidth(true);
    Button add =
        Look.button(
            words.text("dock.add-virtual"), () -> AddDriveSheet.show(model, words, sheets, files));
    add.setGraphic(Look.icon(Feather.PLUS));
    add.setMaxWidth(Double.MAX_VALUE);
    VBox foot = Look.column(0, add);
    foot.getStyleClass().add("dock-foot");
    getChildren().addAll(heading, new Notice(model.trouble(), words), Look.grow(scroll), foot);
    model
        .looks()
        .subscribe(() -> {
          count.setText(words.text("dock.count", model.looks().size()));
          showTiles();
        });
    count.setText(words.text("dock.count", 0));
    showTiles();
    model.checked().subscribe(checked -> checked.ifPresent(this::showChecked));
  }

  private void showTiles() {
    while (tiles.getChildren().size() > model.looks().size()
        || tiles.getChildren().stream().anyMatch(Label.class::isInstance)) {
      tiles.getChildren().removeLast();
    }
    for (int index = 0; index < model.looks().size(); index++) {
      if (index == tiles.getChildren().size()) tiles.getChildren().add(new TileView(model, words));
      if (tiles.getChildren().get(index) instanceof TileView tile) {
        tile.show(model.looks().get(index));
      }
    }
    if (model.looks().isEmpty()) {
      tiles.getChildren().add(Look.paragraph(words.text("dock.empty"), "free-port"));
    }
  }

  private void showChecked(DockModel.Checked checked) {
    boolean right = checked.found().isRight();
    VBox body = Look.column(8);
    if (right) body.getChildren().add(Look.paragraph(words.text("check.right.words")));
    if (right && !checked.found().isSignedHere()) {
      Label unproven = Look.paragraph(words.text("check.unproven"));
      unproven.setGraphic(Look.icon(Mood.ATTENTION));
      body.getChildren().add(unproven);
    }
    for (String fault : checked.found().faults()) {
      Label line = Look.paragraph(fault);
      line.setGraphic(Look.icon(Mood.BAD));
      body.getChildren().add(line);
    }
    Button close = Look.button(words.text("sheet.close"), sheets::close);
    sheets.show(
        words.text(right ? "check.right" : "check.wrong", checked.name()), body, close, close);
  }
}
