package org.fieldlift.desktop.releases;

import atlantafx.base.controls.CustomTextField;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Remarks;
import org.fieldlift.desktop.look.SidePanel;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.kordamp.ikonli.feather.Feather;

/// The page of releases: the list, and a panel about the chosen one.
public final class ReleasesPage extends VBox {
  private static final double NARROWEST_SIDE_BY_SIDE = 760;

  private final ReleasesModel model;
  private final DetailModel detail;
  private final TextField search;

  /// @param prepare takes a person to the drives for a release
  public ReleasesPage(
      Engine engine,
      Background background,
      Words words,
      Activities activities,
      LongSupplier nanoTime,
      Consumer<Row> prepare) {
    model = new ReleasesModel(engine, background, words, activities);
    Fetches fetches = new Fetches(engine, background, words, activities, nanoTime);
    detail = new DetailModel(engine, background, model, fetches, prepare);
    search = search(words);
    getStyleClass().add("page");
    ReleaseList list = new ReleaseList(model, words);
    SidePanel panes =
        new SidePanel(list, new DetailView(detail, words), words, NARROWEST_SIDE_BY_SIDE);
    list.whenOpened(panes::open);
    getChildren()
        .addAll(
            heading(words),
            new Notice(model.trouble(), words),
            new Remarks(model.remarks(), words),
            Look.grow(panes));
  }

  public ReleasesModel model() {
    return model;
  }

  public DetailModel detail() {
    return detail;
  }

  /// Puts the cursor into the search field.
  public void find() {
    search.requestFocus();
  }

  private HBox heading(Words words) {
    Button look = Look.button(words.text("releases.look"), model::lookForNew);
    look.disableProperty().bind(model.looking());
    HBox heading =
        Look.row(
            12,
            Look.firm(Look.label(words.text("page.releases"), "page-title")),
            Look.spacer(),
            search,
            look);
    heading.getStyleClass().add("page-heading");
    return heading;
  }

  private TextField search(Words words) {
    CustomTextField field = new CustomTextField();
    field.setLeft(Look.icon(Feather.SEARCH));
    field.setPromptText(words.text("releases.find"));
    field.setAccessibleText(words.text("releases.find"));
    field.setPrefWidth(216);
    field.textProperty().bindBidirectional(model.query());
    return field;
  }
}
