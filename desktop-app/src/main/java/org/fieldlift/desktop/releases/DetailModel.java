package org.fieldlift.desktop.releases;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.trust.Verdict;

/// Everything about the chosen release, how it differs from another one, and how far it is when it
/// is on its way.
public final class DetailModel {
  private final Engine engine;
  private final Background background;
  private final ReleasesModel releases;
  private final Fetches fetches;
  private final Consumer<Row> prepare;

  private final ObjectProperty<Optional<Detail>> detail =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObservableList<Row> comparable = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<Row>> comparedWith =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<Changes>> changes =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<Fetches.Look>> fetch =
      new SimpleObjectProperty<>(Optional.empty());

  /// @param prepare takes a person to the drives for this release
  DetailModel(
      Engine engine,
      Background background,
      ReleasesModel releases,
      Fetches fetches,
      Consumer<Row> prepare) {
    this.engine = engine;
    this.background = background;
    this.releases = releases;
    this.fetches = fetches;
    this.prepare = prepare;
    releases.chosen().subscribe(this::open);
    comparedWith.subscribe(this::compare);
  }

  /// Where the chosen release may go from here.
  enum Way {
    PREPARE,
    FETCH,
    NONE
  }

  static Way way(Row row) {
    if (row.verdict().filter(verdict -> !verdict.isGenuine()).isPresent()) return Way.NONE;
    return switch (row.where()) {
      case AT_SOURCE -> Way.FETCH;
      case HERE -> row.verdict().filter(Verdict::isGenuine).isPresent() ? Way.PREPARE : Way.NONE;
    };
  }

  void prepare() {
    releases.chosen().get().ifPresent(prepare);
  }

  void fetch() {
    releases
        .chosen()
        .get()
        .ifPresent(row -> fetches.begin(row, releases::fetched, releases::fetchFailed));
    look();
  }

  void stopFetch() {
    releases.chosen().get().ifPresent(row -> fetches.stop(row.id()));
  }

  /// Looks how far the chosen release is on its way; called a few times a second.
  public void look() {
    fetch.set(releases.chosen().get().flatMap(row -> fetches.look(row.id())));
  }

  private void open(Optional<Row> row) {
    detail.set(Optional.empty());
    comparable.clear();
    comparedWith.set(Optional.empty());
    look();
    row.filter(chosen -> chosen.where() == Where.HERE)
        .ifPresent(chosen ->
            background.start(
                () -> engine.releases().show(chosen.id().hex()),
                shown -> know(chosen, shown),
                releases::report));
  }

  private void know(Row row, Detail shown) {
    if (!isChosen(row)) return;
    detail.set(Optional.of(shown));
    List<Row> others =
        releases.rows().stream()
            .filter(other -> way(other) == Way.PREPARE && other.sequence() < row.sequence())
            .filter(other -> other.product().equals(row.product()))
            .filter(other -> other.platform().equals(row.platform()))
            .toList();
    comparable.setAll(others);
    comparedWith.set(others.stream().findFirst());
  }

  private void compare(Optional<Row> older) {
    changes.set(Optional.empty());
    Optional<Detail> newer = detail.get();
    if (older.isEmpty() || newer.isEmpty()) return;
    background.start(
        () ->
            Changes.between(
                engine.releases().show(older.get().id().hex()).release(), newer.get().release()),
        found -> {
          if (comparedWith.get().equals(older) && detail.get().equals(newer)) {
            changes.set(Optional.of(found));
          }
        },
        releases::report);
  }

  private boolean isChosen(Row row) {
    return releases.chosen().get().filter(row::equals).isPresent();
  }

  ObjectProperty<Optional<Row>> chosen() {
    return releases.chosen();
  }

  ObjectProperty<Optional<Detail>> detail() {
    return detail;
  }

  /// Older releases on this station the chosen one can be compared with; newest first.
  ObservableList<Row> comparable() {
    return comparable;
  }

  ObjectProperty<Optional<Row>> comparedWith() {
    return comparedWith;
  }

  ObjectProperty<Optional<Changes>> changes() {
    return changes;
  }

  ObjectProperty<Optional<Fetches.Look>> fetchLook() {
    return fetch;
  }
}
