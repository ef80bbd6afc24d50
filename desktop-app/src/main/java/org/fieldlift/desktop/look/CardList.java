package org.fieldlift.desktop.look;

import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
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
    setFitToWidth(true);
    things.subscribe(this::show);
    loaded.subscribe(_ -> show());
  }

  private void show() {
    cards.getChildren().setAll(things.stream().map(draw).toList());
    boolean isEmpty = things.isEmpty() && loaded.get();
    setFitToHeight(isEmpty);
    setContent(isEmpty ? new StackPane(empty) : cards);
  }

  /// The heading of a page that holds such a list.
  public static VBox heading(String title, String words, Node... actions) {
    HBox row = Look.row(12, Look.label(title, "page-title"), Look.spacer());
    row.getChildren().addAll(actions);
    VBox heading = Look.column(4, row, Look.paragraph(words, "muted"));
    heading.getStyleClass().addAll("page-heading", "plain", "two-lines");
    return heading;
  }

  /// One card: icon, title, a line about it, and what can be done with it.
  public static Node card(Feather shape, String title, String words, Node... actions) {
    Label line = Look.paragraph(words, "muted");
    HBox card = card(shape, Look.column(2, Look.label(title, "strong"), line), actions);
    card.setAlignment(Pos.CENTER_LEFT);
    return card;
  }

  /// One card that says much: icon and actions stand beside its first lines.
  public static HBox card(Feather shape, VBox says, Node... actions) {
    HBox card = new HBox(16, Look.icon(shape), Look.grow(says));
    card.getChildren().addAll(actions);
    card.getStyleClass().add("card");
    return card;
  }
}
