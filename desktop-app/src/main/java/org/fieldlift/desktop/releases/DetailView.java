package org.fieldlift.desktop.releases;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Fold;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.ToneBar;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import org.fieldlift.release.Release;

/// The panel about the chosen release: the verdict in words, the way on, what changes, the notes,
/// and what it holds.
final class DetailView extends VBox {
  private final DetailModel model;
  private final Words words;
  private final Label title = Look.paragraph("", "section-title");
  private final Label facts = Look.label("", "muted");
  private final Button prepare;
  private final Button fetch;
  private final VerdictBox verdict;
  private final VBox fetching;
  private final NotesView notes;
  private final VBox contents = Look.column(4);
  private final VBox details = Look.column(8);
  private final Fold contentsFold;
  private final Fold detailsFold;

  DetailView(DetailModel model, Words words) {
    this.model = model;
    this.words = words;
    getStyleClass().add("detail");
    prepare = Look.button(words.text("releases.prepare"), model::prepare, "accent");
    fetch = Look.button(words.text("releases.fetch"), model::fetch);
    contentsFold = new Fold(words.text("releases.contents"), contents);
    detailsFold = new Fold(words.text("releases.details"), details);
    verdict = new VerdictBox(words, () -> detailsFold.open(true));
    fetching = fetching();
    notes = new NotesView(words);
    HBox head = Look.row(12, Look.grow(title), prepare, fetch);
    head.setAlignment(Pos.TOP_LEFT);
    title.setPadding(new Insets(4, 0, 0, 0));
    VBox page =
        Look.column(
            16,
            Look.column(4, head, facts),
            verdict,
            fetching,
            new ChangesView(model, words),
            notes);
    title.setMaxWidth(Double.MAX_VALUE);
    page.getStyleClass().add("detail-page");
    ScrollPane scroll = new ScrollPane(page);
    scroll.setFitToWidth(true);
    getChildren().addAll(Look.grow(scroll), contentsFold, detailsFold);
    model.chosen().subscribe(this::showRow);
    model.detail().subscribe(this::showDetail);
    visibleProperty()
        .bind(
            Bindings.createBooleanBinding(() -> model.chosen().get().isPresent(), model.chosen()));
  }

  private VBox fetching() {
    ToneBar bar = new ToneBar();
    Label figures = Look.paragraph("", "small");
    Button stop = Look.button(words.text("releases.fetch.stop"), model::stopFetch);
    VBox box = Look.column(8, bar, Look.row(8, figures, Look.spacer(), stop));
    model
        .fetchLook()
        .subscribe(look -> {
          Look.present(box, look.isPresent());
          fetch.setDisable(look.isPresent());
          look.ifPresent(now -> {
            bar.show(now.share(), 0, Mood.WORKING, now.words());
            figures.setText(now.words());
          });
        });
    return box;
  }

  private void showRow(Optional<Row> chosen) {
    if (chosen.isEmpty()) return;
    Row row = chosen.get();
    DetailModel.Way way = DetailModel.way(row);
    title.setText(ProductName.of(row.product()) + " " + PlainText.of(row.label()));
    facts.setText(
        words.text(
            "releases.facts",
            PlainText.of(row.platform()),
            words.size(row.size()),
            words.date(row.createdAt())));
    Look.present(prepare, way == DetailModel.Way.PREPARE);
    Look.present(fetch, way == DetailModel.Way.FETCH);
    verdict.show(row);
    prepare.getStyleClass().remove("accent");
    if (row.expiredSince().isEmpty()) prepare.getStyleClass().add("accent");
  }

  private void showDetail(Optional<Detail> now) {
    boolean here = now.isPresent();
    Look.present(contentsFold, here);
    Look.present(detailsFold, here);
    detailsFold.open(false);
    contentsFold.open(false);
    notes.show(now.map(Detail::release).map(Release::notes).orElse(""));
    now.ifPresent(this::fill);
  }

  private void fill(Detail detail) {
    Release release = detail.release();
    verdict.show(detail.row());
    contentsFold.summarise(
        words.text(
            "releases.contents.counts", release.images().size(), release.downloads().size()));
    contents.getChildren().clear();
    release.images().forEach(image -> line(contents, image.reference()));
    release.downloads().forEach(file -> line(contents, file.path()));
    detailsFold.summarise(detail.row().id().brief());
    details.getChildren().clear();
    for (List<String> fact : facts(detail)) {
      details
          .getChildren()
          .add(
              Look.column(
                  0,
                  Look.label(words.text(fact.getFirst()), "small"),
                  Look.paragraph(PlainText.of(fact.getLast()))));
    }
  }

  private List<List<String>> facts(Detail detail) {
    return List.of(
        List.of("detail.id", detail.row().id().hex()),
        List.of("detail.sequence", Long.toString(detail.row().sequence())),
        List.of("detail.parts", words.text("detail.parts.count", detail.parts())),
        List.of("detail.unpacked", words.size(detail.release().unpackedSize())),
        List.of("detail.source", detail.row().source().isEmpty() ? "–" : detail.row().source()),
        List.of("detail.location", detail.location()));
  }

  private static void line(VBox box, String foreign) {
    box.getChildren().add(Look.paragraph(PlainText.of(foreign), "small"));
  }
}
