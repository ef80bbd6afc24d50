package org.fieldlift.desktop.look;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.words.Mood;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The small parts every page is put together from. Their looks are in `fieldlift.css`.
public final class Look {
  private Look() {}

  public static Label label(String text, String... styles) {
    Label label = new Label(text);
    label.getStyleClass().addAll(styles);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return wholeOnHover(label);
  }

  /// Shows the whole text under the pointer where there was no room for it.
  public static <L extends Labeled> L wholeOnHover(L labeled) {
    labeled
        .textTruncatedProperty()
        .subscribe(cut -> labeled.setTooltip(cut ? new Tooltip(labeled.getText()) : null));
    return labeled;
  }

  /// A label that breaks its text into lines rather than cut it.
  public static Label paragraph(String text, String... styles) {
    Label label = label(text, styles);
    label.setWrapText(true);
    return label;
  }

  /// A label that is never cut short by its neighbours.
  public static Label firm(Label label) {
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  public static FontIcon icon(Feather shape, String... styles) {
    FontIcon icon = new FontIcon(shape);
    icon.getStyleClass().addAll(styles);
    return icon;
  }

  /// The icon of a mood, in its colour: check, dot, triangle, octagon, ring.
  public static Node icon(Mood mood) {
    return switch (mood) {
      case GOOD -> icon(Feather.CHECK, "mood-icon", "good");
      case WORKING -> round("dot", "working");
      case ATTENTION -> icon(Feather.ALERT_TRIANGLE, "mood-icon", "attention");
      case BAD -> icon(Feather.ALERT_OCTAGON, "mood-icon", "bad");
      case QUIET -> round("ring", "quiet");
    };
  }

  private static Node round(String... styles) {
    Region mark = new Region();
    mark.getStyleClass().addAll(styles);
    mark.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane room = new StackPane(mark);
    room.getStyleClass().add("mark-room");
    return room;
  }

  /// An icon and what it stands for, the icon beside the first line.
  public static HBox remark(Node icon, Region says) {
    StackPane slot = new StackPane(icon);
    slot.getStyleClass().add("remark-icon");
    HBox remark = new HBox(6, slot, grow(says));
    says.setMaxWidth(Double.MAX_VALUE);
    return remark;
  }

  /// The style class of a mood.
  public static String style(Mood mood) {
    return switch (mood) {
      case GOOD -> "good";
      case WORKING -> "working";
      case ATTENTION -> "attention";
      case BAD -> "bad";
      case QUIET -> "quiet";
    };
  }

  /// A state: icon, colour and word in a rounded box.
  public static Label chip(Mood mood, String word) {
    Label chip = firm(label(word, "chip", style(mood)));
    chip.setGraphic(icon(mood));
    return chip;
  }

  /// A state in a line of text: icon and word.
  public static Label state(Mood mood, String words, String... styles) {
    Label label = label(words, styles);
    label.setGraphic(icon(mood));
    return label;
  }

  public static Button button(String text, Runnable action, String... styles) {
    Button button = new Button(text);
    button.getStyleClass().addAll(styles);
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  /// A button that shows only an icon; the name is for screen readers and the tooltip.
  public static Button iconButton(Feather shape, String name, Runnable action) {
    Button button = button("", action, "icon-button");
    button.setGraphic(icon(shape));
    button.setAccessibleText(name);
    button.setTooltip(new Tooltip(name));
    return button;
  }

  public static HBox row(double gap, Node... nodes) {
    HBox row = new HBox(gap, nodes);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  public static VBox column(double gap, Node... nodes) {
    return new VBox(gap, nodes);
  }

  /// Takes the room that is left in a row or column.
  public static Region spacer() {
    Region spacer = new Region();
    grow(spacer);
    return spacer;
  }

  /// Lets a node take the room that is left in its row and column.
  public static <N extends Node> N grow(N node) {
    HBox.setHgrow(node, Priority.ALWAYS);
    VBox.setVgrow(node, Priority.ALWAYS);
    return node;
  }

  /// Gives a node a fixed width.
  public static <R extends Region> R wide(double width, R region) {
    region.setMinWidth(width);
    region.setPrefWidth(width);
    region.setMaxWidth(width);
    return region;
  }

  /// Shows a node, or takes it away with the room it had.
  public static void present(Node node, boolean present) {
    node.setVisible(present);
    node.setManaged(present);
  }
}
