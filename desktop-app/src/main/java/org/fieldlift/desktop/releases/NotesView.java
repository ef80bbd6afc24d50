package org.fieldlift.desktop.releases;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.PlainText;

/// Release notes: Markdown's lists and paragraphs; everything else is shown as it was written.
final class NotesView extends VBox {
  private static final int MOST_LINES = 200;

  private final VBox lines = Look.column(8);

  NotesView(Words words) {
    super(12);
    getChildren().addAll(Look.label(words.text("releases.notes"), "strong"), lines);
  }

  void show(String markdown) {
    lines.getChildren().clear();
    markdown
        .lines()
        .filter(line -> !line.isBlank())
        .limit(MOST_LINES)
        .map(NotesView::line)
        .forEach(lines.getChildren()::add);
    Look.present(this, !lines.getChildren().isEmpty());
  }

  private static Node line(String markdown) {
    String text = PlainText.of(markdown.strip());
    if (text.startsWith("#")) {
      return Look.paragraph(text.replaceFirst("^#+\\s*", ""), "strong");
    }
    if (!text.startsWith("- ") && !text.startsWith("* ")) return Look.paragraph(text, "muted");
    Label words = Look.paragraph(text.substring(2), "muted");
    HBox bullet = Look.row(8, Look.firm(Look.label("•", "subtle")), words);
    bullet.setAlignment(Pos.TOP_LEFT);
    return bullet;
  }
}
