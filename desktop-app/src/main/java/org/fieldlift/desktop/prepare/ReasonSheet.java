package org.fieldlift.desktop.prepare;

import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Form;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;

/// Asks why something goes out although something speaks against it.
final class ReasonSheet {
  private ReasonSheet() {}

  static void show(PrepareModel model, Words words, Sheets sheets) {
    TextField why = new TextField(model.saidLast());
    Button cancel = Look.button(words.text("sheet.cancel"), sheets::close);
    Button accept =
        Look.button(
            words.text("reason.accept"),
            () -> {
              sheets.close();
              model.say(why.getText());
            },
            "accent");
    accept.setDefaultButton(true);
    accept.disableProperty().bind(why.textProperty().map(String::isBlank));
    VBox body =
        Look.column(
            12,
            Look.paragraph(model.objection().get().orElse("")),
            Look.paragraph(words.text("reason.words"), "muted"),
            Form.field(words.text("reason.why"), why, why));
    sheets.show(words.text("reason.title"), body, why, cancel, accept);
  }
}
