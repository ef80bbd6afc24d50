package org.fieldlift.desktop.frame;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Theme;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// One quiet line: what runs in the background, the station's name, the ledger, light or dark.
final class StatusLine extends HBox {
  private Theme theme = Theme.SYSTEM;

  StatusLine(StatusModel model, Words words) {
    super(24);
    getStyleClass().add("status-line");
    Label doing = Look.label("");
    doing.textProperty().bind(model.doing());
    doing.setMaxWidth(Double.MAX_VALUE);
    Label ledger = Look.firm(Look.label(""));
    model
        .ledger()
        .subscribe(now -> {
          ledger.setText(now.words());
          ledger.setGraphic(now.words().isEmpty() ? null : Look.icon(now.mood()));
          ledger.getStyleClass().setAll("label", Look.style(now.mood()));
          if (now.mood() == Mood.GOOD) ledger.getStyleClass().setAll("label");
        });
    getChildren()
        .addAll(
            Look.grow(doing), Look.firm(Look.label(model.station())), ledger, themeSwitch(words));
  }

  private Button themeSwitch(Words words) {
    Button button = Look.iconButton(Feather.MONITOR, words.text("theme.SYSTEM"), () -> {});
    button.setOnAction(_ -> {
      theme = theme.next();
      theme.apply();
      button.setGraphic(
          Look.icon(
              switch (theme) {
                case SYSTEM -> Feather.MONITOR;
                case LIGHT -> Feather.SUN;
                case DARK -> Feather.MOON;
              }));
      button.setAccessibleText(words.text("theme." + theme));
      button.getTooltip().setText(words.text("theme." + theme));
    });
    javafx.application.Platform.getPreferences()
        .colorSchemeProperty()
        .subscribe(_ -> {
          if (theme == Theme.SYSTEM) theme.apply();
        });
    return button;
  }
}
