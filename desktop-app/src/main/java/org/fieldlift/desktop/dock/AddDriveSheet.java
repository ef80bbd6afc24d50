package org.fieldlift.desktop.dock;

import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Form;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Problem;

/// Asks for the file and the size of a virtual drive.
final class AddDriveSheet {
  private AddDriveSheet() {}

  static void show(DockModel model, Words words, Sheets sheets, FileChoice files) {
    TextField file = new TextField();
    file.setPromptText(words.text("add-drive.file.prompt"));
    Button choose =
        Look.button(
            words.text("form.choose"),
            () ->
                files
                    .save(words.text("add-drive.title"), "drive.img")
                    .ifPresent(path -> file.setText(path.toString())));
    ComboBox<String> size = new ComboBox<>();
    size.setEditable(true);
    size.getItems().addAll("4 GB", "8 GB", "16 GB", "32 GB", "64 GB", "128 GB", "256 GB");
    size.setValue("16 GB");
    Button cancel = Look.button(words.text("sheet.cancel"), sheets::close);
    Button add =
        Look.button(
            words.text("add-drive.add"),
            () ->
                bytes(size.getEditor().getText())
                    .ifPresent(bytes -> {
                      model.addVirtual(Path.of(file.getText().strip()), bytes);
                      sheets.close();
                    }),
            "accent");
    add.disableProperty()
        .bind(
            file.textProperty()
                .map(String::isBlank)
                .flatMap(blank ->
                    size.getEditor().textProperty().map(text -> blank || bytes(text).isEmpty())));
    add.setDefaultButton(true);
    VBox form =
        Look.column(
            12,
            Look.paragraph(words.text("add-drive.words"), "muted"),
            Form.field(words.text("add-drive.file"), file, Look.row(8, Look.grow(file), choose)),
            Form.field(words.text("add-drive.size"), size, size));
    sheets.show(words.text("add-drive.title"), form, choose, cancel, add);
  }

  private static Optional<Long> bytes(String text) {
    try {
      long bytes = ByteSize.parse(text);
      return bytes > 0 ? Optional.of(bytes) : Optional.empty();
    } catch (Problem notASize) {
      return Optional.empty();
    }
  }
}
