package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
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
    if (!bars.isEmpty()) list.getChildren().getLast().getStyleClass().add("last");
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    // Only once it has a width does the list know how high its wrapped lines are.
    scroll.prefHeightProperty().bind(list.heightProperty().add(4));
    scroll.setMaxHeight(300);
    scroll.getStyleClass().add("framed");

    String why = model.why();
    long foreign = bars.stream().filter(Split.Bar::isForeign).count();
    CheckBox sure = new CheckBox(words.text("erase.foreign", foreign));
    Look.present(sure, foreign > 0);
    Button back = Look.button(words.text("erase.back"), sheets::close);
    Button erase =
        Look.button(
            words.text("erase.write", bars.size()),
            () -> {
              sheets.close();
              model.write(plan, why);
            },
            "danger",
            "accent");
    if (foreign > 0) erase.disableProperty().bind(sure.selectedProperty().not());
    VBox body = Look.column(12);
    plan.remarks()
        .forEach(remark ->
            body.getChildren()
                .add(Look.remark(Look.icon(Mood.ATTENTION), Look.paragraph(words.dated(remark)))));
    body.getChildren().addAll(Look.paragraph(words.text("erase.words", bars.size())), scroll, sure);
    sheets.show(words.text("erase.title", bars.size()), body, back, back, erase);
  }

  private static HBox line(Split.Bar bar, Words texts) {
    VBox names =
        Look.wide(
            176,
            Look.column(2, Look.label(bar.name(), "strong"), Look.paragraph(bar.place(), "small")));
    Label now = Look.paragraph(bar.now());
    Label lost = Look.paragraph(bar.lost(), "small");
    Look.present(lost, !bar.lost().isEmpty());
    VBox words = Look.column(2, now, lost);
    HBox line =
        Look.row(
            12,
            new DriveIcon(),
            names,
            Look.grow(bar.isForeign() ? Look.remark(Look.icon(Mood.ATTENTION), words) : words),
            Look.firm(Look.label(texts.boxSize(bar.tile().size()), "muted")));
    line.setAlignment(Pos.TOP_LEFT);
    line.getStyleClass().add("erase-line");
    return line;
  }
}
