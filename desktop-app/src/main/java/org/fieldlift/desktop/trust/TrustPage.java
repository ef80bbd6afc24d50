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
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Policy;
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
    RuleLook look = RuleLook.of(rule, words);
    Button remove = Look.button(words.text("trust.remove"), () -> askToRemove(rule));
    remove.setAccessibleText(words.text("trust.remove.named", look.name()));
    VBox signers = Look.column(2);
    look.signers().forEach(line -> signers.getChildren().add(line(line)));
    VBox limits = Look.column(2);
    look.limits().forEach(line -> limits.getChildren().add(line(line)));
    VBox says =
        Look.column(
            8,
            Look.column(
                2, Look.label(look.name(), "strong"), Look.paragraph(look.sentence(), "muted")),
            signers,
            limits);
    return CardList.card(Feather.SHIELD, says, remove);
  }

  private static Node line(RuleLook.Line line) {
    return Look.remark(Look.icon(icon(line.kind())), Look.paragraph(line.words()));
  }

  private static Feather icon(RuleLook.Kind kind) {
    return switch (kind) {
      case KEY -> Feather.KEY;
      case IDENTITY -> Feather.USER_CHECK;
      case DENIED -> Feather.SLASH;
      case FLOOR -> Feather.SKIP_BACK;
      case FORMAT -> Feather.EDIT_3;
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
        warning(rule),
        keep,
        keep,
        remove);
  }

  private Node warning(Policy rule) {
    VBox warning =
        Look.column(
            8, Look.paragraph(words.text("trust.remove.words", PlainText.of(rule.product()))));
    boolean refuses =
        rule.minimumSequence() > 0
            || !rule.deny().identities().isEmpty()
            || !rule.deny().digests().isEmpty();
    if (refuses) {
      warning
          .getChildren()
          .add(
              Look.remark(
                  Look.icon(Mood.ATTENTION), Look.paragraph(words.text("trust.remove.denials"))));
    }
    return warning;
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
