package org.fieldlift.desktop.trust;

import java.nio.file.Path;
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
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Policy.AllowedSigner;
import org.kordamp.ikonli.feather.Feather;

/// The page Trust: rules as sentences.
public final class TrustPage extends VBox {
  private final TrustModel model;
  private final Words words;
  private final Sheets sheets;
  private final FileChoice files;

  public TrustPage(TrustModel model, Words words, Sheets sheets, FileChoice files) {
    this.model = model;
    this.words = words;
    this.sheets = sheets;
    this.files = files;
    getStyleClass().add("page");
    Button add = Look.button(words.text("trust.add"), this::add);
    add.setGraphic(Look.icon(Feather.PLUS));
    CardList<Policy> list =
        new CardList<>(
            model.rules(),
            this::card,
            model.loaded(),
            words.text("trust.none"),
            words.text("trust.none.next"));
    getChildren()
        .addAll(
            CardList.heading(words.text("page.trust"), words.text("trust.words"), add),
            new Notice(model.trouble(), words),
            Look.grow(list));
  }

  private Node card(Policy rule) {
    Button remove = Look.button(words.text("trust.remove"), () -> askToRemove(rule));
    remove.setAccessibleText(words.text("trust.remove.named", rule.name()));
    return CardList.card(Feather.SHIELD, PlainText.of(rule.name()), sentence(rule), remove);
  }

  private String sentence(Policy rule) {
    var signers = rule.signers().stream().map(this::signer).toList();
    return words.text("trust.sentence", PlainText.of(rule.product()), words.list(signers));
  }

  private String signer(AllowedSigner signer) {
    return switch (signer) {
      case Policy.Key(String file) -> words.text("trust.key", PlainText.of(file));
      case Policy.Keyless(String issuer, String identity, var _) ->
          words.text("trust.identity", PlainText.of(identity), PlainText.of(issuer));
    };
  }

  private void askToRemove(Policy rule) {
    Button keep = Look.button(words.text("trust.keep"), sheets::close);
    Button remove =
        Look.button(
            words.text("trust.remove"),
            () -> {
              model.remove(rule);
              sheets.close();
            },
            "danger",
            "accent");
    sheets.show(
        words.text("trust.remove.named", PlainText.of(rule.name())),
        Look.paragraph(words.text("trust.remove.words", PlainText.of(rule.product()))),
        keep,
        keep,
        remove);
  }

  private void add() {
    TextField name = new TextField();
    TextField product = new TextField();
    TextField key = new TextField();
    product.setPromptText("git.example.org/lab/*");
    Button choose =
        Look.button(
            words.text("form.choose"),
            () ->
                files
                    .open(words.text("trust.key-file"), "pub")
                    .ifPresent(path -> key.setText(path.toString())));
    Button cancel = Look.button(words.text("sheet.cancel"), sheets::close);
    Button add =
        Look.button(
            words.text("trust.add"),
            () -> {
              model.trustKey(
                  name.getText().strip(),
                  product.getText().strip(),
                  Path.of(key.getText().strip()));
              sheets.close();
            },
            "accent");
    add.setDefaultButton(true);
    add.disableProperty()
        .bind(
            name.textProperty()
                .flatMap(rule ->
                    product
                        .textProperty()
                        .flatMap(of ->
                            key.textProperty()
                                .map(file -> rule.isBlank() || of.isBlank() || file.isBlank()))));
    VBox form =
        Look.column(
            12,
            Look.paragraph(words.text("trust.add.words"), "muted"),
            Form.field(words.text("trust.name"), name, name),
            Form.field(words.text("trust.product"), product, product),
            Form.field(words.text("trust.key-file"), key, Look.row(8, Look.grow(key), choose)));
    sheets.show(words.text("trust.add"), form, name, cancel, add);
  }
}
