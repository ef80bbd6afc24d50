package org.fieldlift.desktop.manifest;

import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Form;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.ledger.State.Device;

/// Asks what a new device is called and where it stands.
final class AddDeviceSheet {
  private AddDeviceSheet() {}

  static void show(ManifestModel model, Words words, Sheets sheets) {
    TextField id = new TextField();
    TextField name = new TextField();
    TextField keeper = new TextField();
    ComboBox<String> site = new ComboBox<>();
    site.setEditable(true);
    site.getItems().addAll(model.sites());
    ComboBox<String> platform = new ComboBox<>();
    platform.getItems().addAll("linux/arm64", "linux/arm/v7", "linux/amd64");
    platform.setValue("linux/arm64");
    id.setPromptText("scope-17");
    Button cancel = Look.button(words.text("sheet.cancel"), sheets::close);
    Button add =
        Look.button(
            words.text("manifest.add"),
            () -> {
              model.add(
                  new Device(
                      id.getText().strip(),
                      name.getText().strip(),
                      site.getEditor().getText().strip(),
                      platform.getValue(),
                      keeper.getText().strip()));
              sheets.close();
            },
            "accent");
    add.setDefaultButton(true);
    add.disableProperty().bind(id.textProperty().map(String::isBlank));
    VBox form =
        Look.column(
            12,
            Form.field(words.text("device.id"), id, id),
            Form.field(words.text("device.name"), name, name),
            Form.field(words.text("device.site"), site, site),
            Form.field(words.text("device.platform"), platform, platform),
            Form.field(words.text("device.keeper"), keeper, keeper));
    sheets.show(words.text("manifest.add"), form, id, cancel, add);
  }
}
