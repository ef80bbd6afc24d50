package org.fieldlift.desktop.frame;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// The pages, with words and icons, at the window's left edge.
final class Sidebar extends VBox {
  private static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

  private static final long DAILY = Arrays.stream(Place.values()).filter(Place::isDaily).count();

  private final Map<Place, Button> buttons = new EnumMap<>(Place.class);

  Sidebar(ObjectProperty<Place> place, Words words) {
    super(2);
    getStyleClass().add("sidebar");
    getChildren().add(brand());
    for (Place each : Place.values()) {
      if (buttons.size() == DAILY) getChildren().add(gap());
      Button button = Look.button(words.text(key(each)), () -> place.set(each), "place");
      button.setGraphic(Look.icon(each.icon()));
      button.setMaxWidth(Double.MAX_VALUE);
      buttons.put(each, button);
      getChildren().add(button);
    }
    place.subscribe(this::mark);
  }

  static String key(Place place) {
    return "page." + place.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static HBox brand() {
    Label sign = Look.label("", "brand-sign");
    sign.setGraphic(Look.icon(Feather.UPLOAD));
    HBox brand = Look.row(8, sign, Look.label("Fieldlift", "brand-name"));
    brand.getStyleClass().add("brand");
    return brand;
  }

  private static Region gap() {
    Region gap = new Region();
    VBox.setVgrow(gap, Priority.ALWAYS);
    return gap;
  }

  private void mark(Place here) {
    buttons.forEach((place, button) -> button.pseudoClassStateChanged(HERE, place == here));
  }
}
