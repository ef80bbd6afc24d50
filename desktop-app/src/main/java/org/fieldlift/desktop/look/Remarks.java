package org.fieldlift.desktop.look;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// Sentences worth knowing that are no trouble, on top of the page they concern. Many are scrolled.
public final class Remarks extends HBox {
  private static final double HIGHEST = 84;

  private final VBox lines = Look.column(4);

  /// Remarks that stay as long as what they are about.
  public Remarks(ObjectProperty<List<String>> sentences) {
    super(12);
    getStyleClass().addAll("notice", "attention");
    setAccessibleRole(AccessibleRole.TEXT);
    ScrollPane scroll = new ScrollPane(lines);
    scroll.setFitToWidth(true);
    // Only once it has a width does the list know how high its wrapped lines are.
    scroll.prefHeightProperty().bind(lines.heightProperty().add(2));
    scroll.minHeightProperty().bind(lines.heightProperty().add(2).map(Remarks::atMost));
    scroll.setMaxHeight(HIGHEST);
    getChildren().add(Look.grow(scroll));
    sentences.subscribe(this::show);
  }

  /// Remarks that a person can put aside.
  public Remarks(ObjectProperty<List<String>> sentences, Words words) {
    this(sentences);
    getChildren()
        .add(
            Look.iconButton(Feather.X, words.text("notice.close"), () -> sentences.set(List.of())));
  }

  private static Number atMost(Number height) {
    return Math.min(HIGHEST, height.doubleValue());
  }

  private void show(List<String> sentences) {
    Look.present(this, !sentences.isEmpty());
    lines
        .getChildren()
        .setAll(
            sentences.stream()
                .map(each -> Look.remark(Look.icon(Mood.ATTENTION), Look.paragraph(each)))
                .toList());
    setAccessibleText(String.join(" ", sentences));
  }
}
