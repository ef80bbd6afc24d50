package org.fieldlift.desktop.releases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// All releases this station knows, those that match the search, and the one that is chosen.
public final class ReleasesModel {
  /// A line of the list.
  sealed interface Line {}

  /// The heading of a product.
  record Product(String name, String path) implements Line {}

  /// A release under it.
  ///
  /// @param drives how many drives of ours hold it
  record Entry(Row row, long drives) implements Line {}

  private record Known(List<Row> rows, Map<Digest, Long> drives) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final Activities activities;

  private Known known = new Known(List.of(), Map.of());
  private final ObservableList<Line> lines = FXCollections.observableArrayList();
  private final StringProperty query = new SimpleStringProperty("");
  private final ObjectProperty<Optional<Row>> chosen = new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty loaded = new SimpleBooleanProperty();
  private final BooleanProperty looking = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<List<String>> remarks = new SimpleObjectProperty<>(List.of());

  public ReleasesModel(Engine engine, Background background, Words words, Activities activities) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    this.activities = activities;
    query.subscribe(this::filter);
  }

  /// Asks the engine again for what there is.
  public void refresh() {
    background.start(this::ask, this::know, this::report);
  }

  /// Asks every source for news; those that cannot be reached become a notice.
  void lookForNew() {
    if (looking.get()) return;
    looking.set(true);
    trouble.set(Optional.empty());
    remarks.set(List.of());
    Runnable ended = activities.begin(() -> words.text("activity.looking"));
    background.start(
        () -> engine.releases().lookForNew(new Progress("look"), new Cancellation()),
        unreached -> {
          looked(ended);
          if (!unreached.isEmpty()) {
            trouble.set(
                Optional.of(
                    new Trouble(
                        String.join(" ", unreached), words.text("releases.unreached.next"))));
          }
        },
        failure -> {
          looked(ended);
          report(failure);
        });
  }

  /// A release came in; what the engine remarks about it is kept until somebody has read it.
  void fetched(Fetched news) {
    remarks.set(
        Stream.concat(remarks.get().stream(), news.remarks().stream().map(words::dated))
            .distinct()
            .toList());
    refresh();
  }

  void fetchFailed(Throwable failure) {
    refresh();
    report(failure);
  }

  void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  private void looked(Runnable ended) {
    looking.set(false);
    ended.run();
    refresh();
  }

  private Known ask() throws IOException {
    Map<Digest, Long> drives =
        engine.fleet().state().drives().values().stream()
            .flatMap(drive -> drive.releases().stream().distinct())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return new Known(engine.releases().list(), drives);
  }

  private void know(Known news) {
    Optional<Digest> id = chosen.get().map(Row::id);
    known = news;
    loaded.set(true);
    filter();
    Optional<Row> again =
        known.rows().stream().filter(row -> id.filter(row.id()::equals).isPresent()).findFirst();
    chosen.set(again.or(() -> known.rows().stream().findFirst()));
  }

  private void filter() {
    List<Line> matching = new ArrayList<>();
    String product = "";
    for (Row row : known.rows()) {
      if (!matches(row)) continue;
      if (!row.product().equals(product)) {
        product = row.product();
        matching.add(new Product(ProductName.of(product), product));
      }
      matching.add(new Entry(row, known.drives().getOrDefault(row.id(), 0L)));
    }
    lines.setAll(matching);
  }

  private boolean matches(Row row) {
    String text =
        String.join(" ", ProductName.of(row.product()), row.product(), row.label(), row.platform());
    String sought = query.get().strip().toLowerCase(Locale.ROOT);
    return text.toLowerCase(Locale.ROOT).contains(sought);
  }

  ObservableList<Line> lines() {
    return lines;
  }

  List<Row> rows() {
    return known.rows();
  }

  StringProperty query() {
    return query;
  }

  ObjectProperty<Optional<Row>> chosen() {
    return chosen;
  }

  /// True once the engine has answered for the first time.
  BooleanProperty loaded() {
    return loaded;
  }

  /// True while sources are being asked.
  BooleanProperty looking() {
    return looking;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }

  /// What the engine remarked about releases that came in, until a person puts it aside.
  ObjectProperty<List<String>> remarks() {
    return remarks;
  }
}
