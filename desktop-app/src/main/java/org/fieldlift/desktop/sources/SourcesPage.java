package org.fieldlift.desktop.sources;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.CardList;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Form;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.SourceDesk.Source;
import org.fieldlift.io.PlainText;
import org.kordamp.ikonli.feather.Feather;

/// The page Sources: folders and web servers that are asked for new releases.
public final class SourcesPage extends VBox {
  private final SourcesModel model;
  private final Words words;
  private final Sheets sheets;
  private final FileChoice files;

  public SourcesPage(SourcesModel model, Words words, Sheets sheets, FileChoice files) {
    this.model = model;
    this.words = words;
    this.sheets = sheets;
    this.files = files;
    getStyleClass().add("page");
    Button add = Look.button(words.text("sources.add"), this::add);
    add.setGraphic(Look.icon(Feather.PLUS));
    CardList<Source> list =
        new CardList<>(
            model.sources(),
            this::card,
            model.loaded(),
            words.text("sources.none"),
            words.text("sources.none.next"));
    getChildren()
        .addAll(
            CardList.heading(words.text("page.sources"), words.text("sources.words"), add),
            new Notice(model.trouble(), words),
            Look.grow(list));
  }

  private Node card(Source source) {
    boolean web = source.location().startsWith("http");
    Button remove = Look.button(words.text("sources.remove"), () -> model.remove(source));
    remove.setAccessibleText(words.text("sources.remove.named", source.name()));
    return CardList.card(
        web ? Feather.GLOBE : Feather.FOLDER,
        PlainText.of(source.name()),
        PlainText.of(source.location()),
        remove);
  }

  private void add() {
    TextField name = new TextField();
    TextField location = new TextField();
    location.setPromptText(words.text("sources.location.prompt"));
    Button choose =
        Look.button(
            words.text("sources.folder"),
            () ->
                files
                    .folder(words.text("sources.folder"))
                    .ifPresent(path -> location.setText(path.toString())));
    Button cancel = Look.button(words.text("sheet.cancel"), sheets::close);
    Button add =
        Look.button(
            words.text("sources.add"),
            () -> {
              model.add(name.getText().strip(), location.getText().strip());
              sheets.close();
            },
            "accent");
    add.setDefaultButton(true);
    add.disableProperty()
        .bind(
            name.textProperty()
                .map(String::isBlank)
                .flatMap(blank -> location.textProperty().map(text -> blank || text.isBlank())));
    VBox form =
        Look.column(
            12,
            Form.field(words.text("sources.name"), name, name),
            Form.field(
                words.text("sources.location"),
                location,
                Look.row(8, Look.grow(location), choose)));
    sheets.show(words.text("sources.add"), form, name, cancel, add);
  }
}
