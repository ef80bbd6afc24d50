package org.fieldlift.desktop.look;

import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Trouble;
import org.kordamp.ikonli.feather.Feather;

/// What went wrong, on top of the page it concerns: what happened, what to do, and a way to put it
/// aside.
public final class Notice extends HBox {
  private final Label what = Look.paragraph("", "strong");
  private final Label next = Look.paragraph("");

  public Notice(ObjectProperty<Optional<Trouble>> trouble, Words words) {
    super(12);
    getStyleClass().addAll("notice", "bad");
    setAccessibleRole(AccessibleRole.TEXT);
    VBox sentences = Look.column(2, what, next);
    HBox.setHgrow(sentences, Priority.ALWAYS);
    getChildren()
        .addAll(
            Look.icon(Mood.BAD),
            sentences,
            Look.iconButton(
                Feather.X, words.text("notice.close"), () -> trouble.set(Optional.empty())));
    trouble.subscribe(this::show);
  }

  private void show(Optional<Trouble> trouble) {
    Look.present(this, trouble.isPresent());
    what.setText(trouble.map(Trouble::what).orElse(""));
    next.setText(trouble.map(Trouble::next).orElse(""));
    Look.present(next, !next.getText().isEmpty());
    setAccessibleText(what.getText() + " " + next.getText());
  }
}
