package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.provision.Plan;

/// Section 3: the picture of the split, and which drives may be used.
final class DrivesView extends VBox {
  private static final int COLOURS = 6;
  private static final double LEGEND = 600;
  private static final double NAMES = 168;
  private static final double REMARKS = 200;
  private static final double NARROW_REMARKS = 100;
  private static final double PICTURE = 300;
  private static final double NARROW_PICTURE = 152;

  private final PrepareModel model;
  private final Words words;
  private final FlowPane legend = new FlowPane(24, 4);
  private final VBox used = Look.column(12);
  private final VBox unused = Look.column(12);
  private final Label together = Look.firm(Look.label("", "muted"));
  private final HBox head;
  private final VBox usedGroup;
  private final VBox unusedGroup;

  DrivesView(PrepareModel model, Words words) {
    this.model = model;
    this.words = words;
    legend.setPrefWrapLength(LEGEND);
    head =
        Look.row(8, Look.grow(legend), Look.firm(Look.label(words.text("prepare.sizes"), "small")));
    head.getStyleClass().add("legend");
    Label title = Look.firm(Look.label(words.text("prepare.used"), "strong"));
    usedGroup = Look.column(12, Look.row(8, title, together), used);
    unusedGroup =
        Look.column(12, Look.label(words.text("prepare.not-used"), "strong", "muted"), unused);
    usedGroup.getStyleClass().add("drive-group");
    unusedGroup.getStyleClass().add("drive-group");
    Label empty = Look.paragraph(words.text("prepare.drives.empty"), "muted", "empty-line");
    getChildren().addAll(head, usedGroup, unusedGroup, empty);
    model.plan().subscribe(this::draw);
    model
        .drives()
        .all()
        .subscribe(() -> {
          Look.present(empty, model.drives().all().isEmpty());
          draw(model.plan().get());
        });
    Look.present(empty, model.drives().all().isEmpty());
  }

  private void draw(Optional<Plan> plan) {
    List<Tile> tiles = model.drives().all().stream().map(Choice::value).toList();
    Split split = Split.of(plan, tiles, words);
    drawLegend(split);
    used.getChildren().setAll(rows(split, true));
    unused.getChildren().setAll(rows(split, false));
    Look.present(usedGroup, !used.getChildren().isEmpty());
    Look.present(unusedGroup, !unused.getChildren().isEmpty());
    together.setText(
        words.text(
            plan.map(Plan::spread).filter(Plan.Spread.EACH::equals).isPresent()
                ? "prepare.each"
                : "prepare.together",
            plan.map(Plan::drivesUsed).orElse(0L),
            plan.map(made -> made.devices().size()).orElse(0)));
  }

  private void drawLegend(Split split) {
    legend.getChildren().clear();
    for (int letter = 0; letter < split.legend().size(); letter++) {
      Label sign = Look.label(Split.sign(letter), "legend-sign", "release-" + letter % COLOURS);
      legend.getChildren().add(Look.row(6, sign, Look.label(split.legend().get(letter))));
    }
    Look.present(head, !split.legend().isEmpty());
    if (!split.legend().isEmpty()) {
      Label sign = Look.label("", "legend-sign", "release-free");
      legend.getChildren().add(Look.row(6, sign, Look.label(words.text("prepare.free-room"))));
    }
  }

  private List<Node> rows(Split split, boolean used) {
    return split.bars().stream()
        .filter(bar -> bar.isUsed() == used)
        .map(bar -> row(bar, split.largest()))
        .toList();
  }

  private Node row(Split.Bar bar, long largest) {
    CheckBox box = new CheckBox(bar.name());
    box.getStyleClass().add("strong");
    box.setDisable(bar.tile().holds() == Holds.UNUSABLE);
    box.setAccessibleText(bar.name() + ", " + bar.place());
    choiceOf(bar)
        .ifPresent(choice -> {
          box.setSelected(choice.isChosen());
          box.setOnAction(_ -> choice.chosen().set(box.isSelected()));
        });
    HBox first =
        Look.row(
            8,
            box,
            Look.spacer(),
            Look.firm(Look.label(words.boxSize(bar.tile().size()), "muted")));
    VBox names =
        Look.wide(NAMES, Look.column(2, first, Look.paragraph(bar.place(), "small", "under-box")));
    VBox remarks = Look.column(2, Look.paragraph(bar.free()), Look.paragraph(bar.now(), "small"));
    remarks.setMinWidth(NARROW_REMARKS);
    remarks.setPrefWidth(REMARKS);
    SplitBar drawn = new SplitBar(bar, largest);
    VBox picture = Look.grow(Look.column(4, drawn, drawn.figures()));
    picture.setMinWidth(NARROW_PICTURE);
    picture.setPrefWidth(PICTURE);
    HBox row = Look.row(16, names, picture, remarks);
    row.setAlignment(Pos.TOP_LEFT);
    return row;
  }

  private Optional<Choice<Tile>> choiceOf(Split.Bar bar) {
    return model.drives().all().stream()
        .filter(choice -> choice.value().equals(bar.tile()))
        .findFirst();
  }
}
