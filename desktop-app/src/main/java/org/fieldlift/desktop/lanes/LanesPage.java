package org.fieldlift.desktop.lanes;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.ToneBar;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;

/// The page while drives are written: the whole job above, a lane for each drive below, in an order
/// that never changes.
public final class LanesPage extends VBox {
  private final LanesModel model;
  private final Words words;
  private final Label title = Look.label("", "page-title");
  private final Label left = Look.firm(Look.label("", "strong"));
  private final ToneBar bar = new ToneBar();
  private final Label written = Look.label("", "figure");
  private final Label of = Look.label("", "muted");
  private final Label checked = Look.label("", "figure");
  private final Label done = Look.state(Mood.GOOD, "", "muted");
  private final Label working = Look.state(Mood.WORKING, "", "muted");
  private final Label failed = Look.state(Mood.BAD, "", "muted");
  private final Button stop;
  private final Button again;
  private final VBox lanes = Look.column(8);
  private final List<LaneView> views = new ArrayList<>();

  public LanesPage(LanesModel model, Words words) {
    this.model = model;
    this.words = words;
    getStyleClass().add("page");
    stop = Look.button("", model::stopAll);
    again = Look.button(words.text("lanes.again"), model::putAside, "accent");
    HBox heading = Look.row(12, title, Look.spacer(), stop, again);
    heading.getStyleClass().addAll("page-heading", "plain");
    ScrollPane scroll = new ScrollPane(lanes);
    lanes.getStyleClass().add("cards");
    scroll.setFitToWidth(true);
    getChildren().addAll(heading, new Notice(model.trouble(), words), whole(), Look.grow(scroll));
    model.lanes().subscribe(this::showLanes);
    model.whole().subscribe(this::showWhole);
    model.running().subscribe(_ -> showWhole(model.whole().get()));
  }

  private VBox whole() {
    Label what = Look.paragraph("");
    what.textProperty().bind(model.what());
    HBox first = Look.row(16, Look.grow(what), left);
    what.setMaxWidth(Double.MAX_VALUE);
    FlowPane amounts =
        new FlowPane(
            18,
            4,
            Look.row(6, Look.label("", "key", "written"), Look.firm(written), Look.firm(of)),
            Look.row(
                6,
                Look.label("", "key", "checked"),
                Look.firm(checked),
                Look.firm(Look.label(words.text("lanes.checked"), "muted"))));
    HBox counts = Look.row(20, Look.firm(done), Look.firm(working), Look.firm(failed));
    HBox figures = Look.row(20, Look.grow(amounts), counts);
    bar.getStyleClass().add("whole");
    VBox whole = Look.column(12, first, bar, figures);
    whole.getStyleClass().add("whole-job");
    return whole;
  }

  private void showLanes() {
    int known = model.lanes().size();
    if (known < views.size()) {
      views.clear();
      lanes.getChildren().clear();
    }
    for (int index = 0; index < known; index++) {
      if (index == views.size()) {
        int lane = index;
        views.add(
            new LaneView(model.states().get(index), model.plan(), words, () -> model.stop(lane)));
        lanes.getChildren().add(views.get(index));
      }
      views.get(index).show(model.lanes().get(index));
    }
  }

  private void showWhole(JobLook look) {
    boolean running = model.running().get();
    long all = look.done() + look.working() + look.failed();
    title.setText(
        running
            ? words.text("lanes.title", model.lanes().size())
            : words.text("lanes.ended", look.done(), model.lanes().size()));
    left.setText(running ? look.left() : "");
    bar.show(
        look.writtenShare(),
        look.checkedShare(),
        !running && look.done() == all && all > 0 ? Mood.GOOD : Mood.WORKING,
        words.text("lanes.spoken", look.written(), look.of(), look.checked()));
    written.setText(look.written());
    of.setText(words.text("lanes.of", look.of()));
    checked.setText(look.checked());
    count(done, "lanes.done", look.done());
    count(working, "lanes.working", look.working());
    count(failed, "lanes.failed", look.failed());
    stop.setText(words.text("lanes.stop", look.working()));
    Look.present(stop, running && look.working() > 0);
    Look.present(again, !running);
  }

  private void count(Label label, String key, long count) {
    label.setText(words.text(key, count));
    Look.present(label, count > 0);
  }
}
