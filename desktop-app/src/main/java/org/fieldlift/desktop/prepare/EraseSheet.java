package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.DriveIcon;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.io.PlainText;
import org.fieldlift.provision.Plan;

/// Lists drive by drive what will be erased and asks for one deliberate act; for a second one only
/// when somebody's own files are among it.
final class EraseSheet {
  private EraseSheet() {}

  static void show(PrepareModel model, Plan plan, Words words, Sheets sheets) {
    Split split =
        Split.of(
            Optional.of(plan), model.drives().all().stream().map(Choice::value).toList(), words);
    List<Split.Bar> bars = split.bars().stream().filter(Split.Bar::isUsed).toList();
    VBox list = Look.column(0);
    list.getStyleClass().add("erase-list");
    bars.forEach(bar -> list.getChildren().add(line(bar, words)));
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    // Only once it has a width does the list know how high its wrapped lines are.
    scroll.prefHeightProperty().bind(list.heightProperty().add(2));
    scroll.setMaxHeight(300);
    scroll.getStyleClass().add("framed");

    long foreign = bars.stream().filter(EraseSheet::isForeign).count();
    CheckBox sure = new CheckBox(words.text("erase.foreign", foreign));
    Look.present(sure, foreign > 0);
    Button back = Look.button(words.text("erase.back"), sheets::close);
    Button erase =
        Look.button(
            words.text("erase.write", bars.size()),
            () -> {
              sheets.close();
              model.write();
            },
            "danger",
            "accent");
    if (foreign > 0) erase.disableProperty().bind(sure.selectedProperty().not());
    VBox body =
        Look.column(12, Look.paragraph(words.text("erase.words", bars.size())), scroll, sure);
    sheets.show(words.text("erase.title", bars.size()), body, back, back, erase);
  }

  private static HBox line(Split.Bar bar, Words words) {
    VBox names =
        Look.wide(
            200,
            Look.column(2, Look.label(bar.name(), "strong"), Look.label(bar.place(), "small")));
    boolean foreign = isForeign(bar);
    Label now = Look.paragraph(foreign ? PlainText.of(bar.tile().words()) : bar.now());
    if (foreign) now.setGraphic(Look.icon(Mood.ATTENTION));
    now.setMaxWidth(Double.MAX_VALUE);
    HBox line =
        Look.row(
            12,
            new DriveIcon(),
            names,
            Look.grow(now),
            Look.firm(Look.label(words.boxSize(bar.tile().size()), "muted")));
    line.getStyleClass().add("erase-line");
    return line;
  }

  private static boolean isForeign(Split.Bar bar) {
    return bar.tile().holds() == Holds.FOREIGN;
  }
}
