package org.fieldlift.desktop.lanes;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.DriveIcon;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.ToneBar;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.io.PlainText;
import org.fieldlift.provision.Plan;
import org.kordamp.ikonli.feather.Feather;

/// One lane: which drive, how far, and what a person has to do about it.
final class LaneView extends HBox {
  private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
  private static final double NAMES = 148;
  private static final double ASIDE = 128;
  private static final double ROOM_FOR_ASIDE = 640;

  private final Label headline = Look.paragraph("", "headline");
  private final ToneBar bar = new ToneBar();
  private final Label words = Look.paragraph("", "muted");
  private final Label next = Look.paragraph("", "medium");
  private final Label speed = Look.label("", "speed");
  private final Label left = Look.label("", "small");
  private final Button stop;
  private final VBox aside;
  private boolean running;
  private String announced = "";

  LaneView(LaneState lane, Optional<Plan> plan, Words texts, Runnable stop) {
    super(24);
    getStyleClass().add("lane");
    String file = String.valueOf(lane.target().getFileName());
    VBox names =
        Look.wide(
            NAMES,
            Look.column(
                2,
                Look.row(8, new DriveIcon(), Look.label(PlainText.of(lane.code()), "strong")),
                Look.label(place(file, lane, plan, texts), "small", "under-icon"),
                Look.label(number(lane, plan, texts), "small", "under-icon")));
    this.stop = Look.button(texts.text("lane.stop"), stop);
    this.stop.setAccessibleText(texts.text("lane.stop.named", lane.code()));
    aside = Look.wide(ASIDE, Look.column(2, speed, left, this.stop));
    aside.setAlignment(Pos.TOP_RIGHT);
    VBox.setMargin(this.stop, new javafx.geometry.Insets(6, 0, 0, 0));
    VBox middle = Look.column(8, headline, bar, words, next);
    getChildren().addAll(names, Look.grow(middle), aside);
    widthProperty().subscribe(_ -> presentAside());
  }

  /// A lane that has ended says nothing aside; where room is scarce, its sentences get that room.
  private void presentAside() {
    Look.present(aside, running || getWidth() >= ROOM_FOR_ASIDE);
  }

  private static String place(String file, LaneState lane, Optional<Plan> plan, Words texts) {
    long size = drive(lane, plan).map(Plan.PlannedDrive::size).orElse(lane.total());
    return texts.text("dotted", PlainText.of(file), texts.boxSize(size));
  }

  private static String number(LaneState lane, Optional<Plan> plan, Words texts) {
    return drive(lane, plan)
        .filter(drive -> drive.of() > 1)
        .map(drive -> texts.text("lane.number", drive.number(), drive.of()))
        .orElse("");
  }

  private static Optional<Plan.PlannedDrive> drive(LaneState lane, Optional<Plan> plan) {
    return plan.stream()
        .flatMap(made -> made.drives().stream())
        .filter(drive -> drive.target().equals(lane.target()))
        .findFirst();
  }

  void show(LaneLook look) {
    headline.setText(look.headline());
    headline.setGraphic(
        look.mood() == Mood.GOOD
            ? Look.icon(Feather.CHECK_CIRCLE, "mood-icon", "good")
            : Look.icon(look.mood()));
    headline.getStyleClass().setAll("label", "headline", Look.style(look.mood()));
    bar.show(look.written(), look.checked(), look.mood(), look.words());
    words.setText(look.words());
    next.setText(look.next());
    speed.setText(look.speed());
    left.setText(look.left());
    Look.present(next, !look.next().isEmpty());
    running = LaneLook.isRunning(look.phase());
    presentAside();
    Look.present(stop, LaneLook.isRunning(look.phase()));
    Look.present(speed, !look.speed().isEmpty());
    Look.present(left, !look.left().isEmpty());
    pseudoClassStateChanged(GOOD, look.mood() == Mood.GOOD);
    pseudoClassStateChanged(BAD, look.mood() == Mood.BAD);
    setAccessibleText(String.join(" ", look.headline(), look.words(), look.next()));
    if (!announced.equals(look.phase().name())) {
      announced = look.phase().name();
      notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
  }
}
