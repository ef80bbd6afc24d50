package org.fieldlift.desktop.dock;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.DriveIcon;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.ToneBar;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// One drive of the dock.
final class TileView extends VBox {
  private static final PseudoClass UNUSABLE = PseudoClass.getPseudoClass("unusable");
  private static final PseudoClass USED = PseudoClass.getPseudoClass("used");

  private final Words texts;
  private final Label name = Look.label("", "strong");
  private final Label size = Look.firm(Look.label("", "muted"));
  private final Label place = Look.label("", "small");
  private final ToneBar bar = new ToneBar();
  private final Label words = Look.paragraph("");
  private final StackPane icon = new StackPane();
  private final Button check;
  private final Button forget;
  private Optional<TileLook> shown = Optional.empty();

  TileView(DockModel model, Words texts) {
    super(6);
    this.texts = texts;
    getStyleClass().add("tile");
    check =
        Look.button(texts.text("dock.check"), () -> shown.ifPresent(model::check), "link-button");
    forget =
        Look.iconButton(
            Feather.X,
            texts.text("dock.forget"),
            () -> shown.map(TileLook::path).ifPresent(model::forget));
    name.setMaxWidth(Double.MAX_VALUE);
    HBox first = Look.row(8, new DriveIcon(), Look.grow(name), size);
    place.setMaxWidth(Double.MAX_VALUE);
    HBox remark = Look.remark(icon, words);
    getChildren().addAll(first, Look.row(8, Look.grow(place), check, forget), bar, remark);
  }

  void show(TileLook look) {
    if (shown.filter(look::equals).isPresent()) return;
    shown = Optional.of(look);
    name.setText(look.name());
    size.setText(look.size());
    place.setText(look.place());
    words.setText(look.words());
    icon.getChildren()
        .setAll(
            look.usable() ? Look.icon(look.mood()) : Look.icon(Feather.LOCK, "mood-icon", "quiet"));
    bar.pseudoClassStateChanged(USED, look.mood() == Mood.QUIET || look.mood() == Mood.ATTENTION);
    bar.show(look.lower(), look.upper(), look.mood(), look.words());
    check.setAccessibleText(texts.text("dock.check.named", look.name()));
    Look.present(check, look.canBeChecked());
    Look.present(forget, look.isVirtual());
    pseudoClassStateChanged(UNUSABLE, !look.usable());
    setAccessibleText(String.join(", ", look.name(), look.size(), look.place(), look.words()));
  }
}
