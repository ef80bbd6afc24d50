package org.fieldlift.desktop.releases;

import java.util.Optional;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Verdicts;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.trust.Verdict;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The verdict in words, in its colour.
final class VerdictBox extends HBox {
  private final Words words;
  private final FontIcon icon = Look.icon(Feather.CIRCLE, "verdict-icon");
  private final Text word = new Text();
  private final Text reason = new Text();
  private final Hyperlink details;

  VerdictBox(Words words, Runnable openDetails) {
    super(12);
    this.words = words;
    getStyleClass().addAll("verdict-box", "quiet");
    word.getStyleClass().addAll("flow-text", "strong");
    reason.getStyleClass().add("flow-text");
    details = new Hyperlink(words.text("releases.details"));
    details.setOnAction(_ -> openDetails.run());
    TextFlow flow = new TextFlow(word, reason, details);
    flow.setLineSpacing(4);
    HBox.setHgrow(flow, Priority.ALWAYS);
    getChildren().addAll(icon, flow);
  }

  void show(Row row) {
    Optional<Verdict> verdict = row.verdict();
    Mood mood = Verdicts.mood(row);
    getStyleClass().set(1, Look.style(mood));
    icon.setIconCode(
        switch (mood) {
          case GOOD -> Feather.CHECK_CIRCLE;
          case BAD -> Feather.ALERT_OCTAGON;
          case ATTENTION -> Feather.ALERT_TRIANGLE;
          case WORKING, QUIET -> Feather.CIRCLE;
        });
    word.setText(words.text("sentence", Verdicts.chip(row, words)));
    reason.setText(
        " "
            + verdict
                .map(known -> Verdicts.reason(known, words))
                .orElse(words.text("verdict.later"))
            + row.expiredSince()
                .map(end -> " " + words.text("verdict.expired-since", words.date(end)))
                .orElse("")
            + (mood == Mood.BAD ? " " + words.text("verdict.unusable") : "")
            + " ");
    Look.present(details, verdict.isPresent());
    setAccessibleText(word.getText() + reason.getText());
  }
}
