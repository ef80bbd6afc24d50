package org.fieldlift.desktop.look;

import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A short list of things, a card each; says what will be here while there are none.
public final class CardList<T> extends ScrollPane {
  private static final double WIDEST = 960;

  private final ObservableList<T> things;
  private final Function<T, Node> draw;
  private final BooleanProperty loaded;
  private final VBox cards = Look.column(8);
  private final VBox empty;

  /// @param loaded false while nobody knows yet whether there are any
  public CardList(
      ObservableList<T> things,
      Function<T, Node> draw,
      BooleanProperty loaded,
      String none,
      String next) {
    this.things = things;
    this.draw = draw;
    this.loaded = loaded;
    empty = Look.column(8, Look.paragraph(none, "section-title"), Look.paragraph(next, "muted"));
    empty.getStyleClass().add("empty-state");
    cards.getStyleClass().add("cards");
    cards.setMaxWidth(WIDEST);
    setContent(cards);
    setFitToWidth(true);
    things.subscribe(this::show);
    loaded.subscribe(_ -> show());
  }

  private void show() {
    cards.getChildren().setAll(things.stream().map(draw).toList());
    if (things.isEmpty() && loaded.get()) cards.getChildren().add(empty);
  }

  /// The heading of a page that holds such a list.
  public static VBox heading(String title, String words, Node... actions) {
    HBox row = Look.row(12, Look.label(title, "page-title"), Look.spacer());
    row.getChildren().addAll(actions);
    VBox heading = Look.column(4, row, Look.paragraph(words, "muted"));
    heading.getStyleClass().addAll("page-heading", "plain");
    return heading;
  }

  /// One card: icon, title, a line about it, and what can be done with it.
  public static Node card(Feather shape, String title, String words, Node... actions) {
    Label line = Look.paragraph(words, "muted");
    HBox card =
        Look.row(
            16, Look.icon(shape), Look.grow(Look.column(2, Look.label(title, "strong"), line)));
    card.getChildren().addAll(actions);
    card.getStyleClass().add("card");
    return card;
  }
}
