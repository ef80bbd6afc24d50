package org.fieldlift.desktop.manifest;

import java.util.Optional;
import java.util.function.Function;
import javafx.collections.ObservableList;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.FleetDesk.Format;
import org.kordamp.ikonli.feather.Feather;

/// The page Manifest: a question as a sentence, the answer as a table.
public final class ManifestPage extends VBox {
  private final ManifestModel model;
  private final Words words;
  private final Sheets sheets;
  private final FileChoice files;
  private final Label answer = Look.label("", "muted");

  public ManifestPage(ManifestModel model, Words words, Sheets sheets, FileChoice files) {
    this.model = model;
    this.words = words;
    this.sheets = sheets;
    this.files = files;
    getStyleClass().add("page");
    ManifestTable table = new ManifestTable(model, words);
    table.setPlaceholder(placeholder());
    Label news = Look.label("", "news");
    news.setAccessibleRole(AccessibleRole.TEXT);
    news.textProperty().bind(model.news());
    HBox foot = Look.row(12, Look.grow(news), export());
    news.setMaxWidth(Double.MAX_VALUE);
    foot.getStyleClass().add("page-foot");
    getChildren()
        .addAll(heading(), new Notice(model.trouble(), words), question(), Look.grow(table), foot);
    model.rows().subscribe(this::count);
    count();
  }

  private HBox heading() {
    Button bring = Look.button(words.text("manifest.import"), this::importDevices);
    Button add =
        Look.button(words.text("manifest.add"), () -> AddDeviceSheet.show(model, words, sheets));
    add.setGraphic(Look.icon(Feather.PLUS));
    HBox heading =
        Look.row(
            12, Look.label(words.text("page.manifest"), "page-title"), Look.spacer(), bring, add);
    heading.getStyleClass().addAll("page-heading", "plain");
    return heading;
  }

  private FlowPane question() {
    MenuButton release =
        part(
            model.releases(),
            ManifestModel.Asked::name,
            words.text("manifest.any-release"),
            model.release()::set);
    MenuButton site =
        part(
            model.sites(),
            Function.identity(),
            words.text("manifest.all-sites"),
            model.site()::set);
    FlowPane sentence =
        new FlowPane(
            8,
            8,
            Look.label(words.text("manifest.question.who"), "question"),
            release,
            Look.label(words.text("manifest.question.at"), "question"),
            Look.row(8, site, Look.label(words.text("manifest.question.end"), "question")),
            answer);
    sentence.setRowValignment(javafx.geometry.VPos.CENTER);
    sentence.getStyleClass().add("question-line");
    return sentence;
  }

  private static <T> MenuButton part(
      ObservableList<T> choices,
      Function<T, String> name,
      String any,
      java.util.function.Consumer<Optional<T>> choose) {
    MenuButton button = new MenuButton(any);
    button.getStyleClass().add("question-part");
    Runnable fill =
        () -> {
          button.getItems().setAll(item(any, () -> choose.accept(Optional.empty()), button));
          for (T choice : choices) {
            button
                .getItems()
                .add(item(name.apply(choice), () -> choose.accept(Optional.of(choice)), button));
          }
        };
    choices.subscribe(fill);
    fill.run();
    return button;
  }

  private static MenuItem item(String text, Runnable chosen, MenuButton button) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> {
      button.setText(text);
      chosen.run();
    });
    return item;
  }

  private HBox export() {
    return Look.row(
        8,
        Look.button(words.text("manifest.csv"), () -> export(Format.CSV, "manifest.csv")),
        Look.button(words.text("manifest.json"), () -> export(Format.JSON, "manifest.json")));
  }

  private void export(Format format, String suggestion) {
    files
        .save(words.text("manifest.export"), suggestion)
        .ifPresent(file -> model.export(format, file));
  }

  private void importDevices() {
    files.open(words.text("manifest.import"), "csv").ifPresent(model::importFrom);
  }

  private VBox placeholder() {
    VBox placeholder =
        Look.column(
            8,
            Look.paragraph(words.text("manifest.none"), "section-title"),
            Look.paragraph(words.text("manifest.none.next"), "muted"));
    placeholder.getStyleClass().add("empty-state");
    placeholder.visibleProperty().bind(model.loaded());
    return placeholder;
  }

  private void count() {
    answer.setText(words.text("manifest.answer", model.rows().size(), model.devices()));
  }
}
