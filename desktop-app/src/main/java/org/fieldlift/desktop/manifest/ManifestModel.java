package org.fieldlift.desktop.manifest;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.FleetDesk.Format;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.KnownRelease;
import org.fieldlift.ledger.State.ManifestRow;

/// The question "which devices have this release at that site", and its answer.
public final class ManifestModel {
  /// A release one can ask for.
  record Asked(Digest id, String name) {}

  private record Known(List<ManifestRow> rows, State state) {}

  private final Engine engine;
  private final Background background;
  private final Words words;

  private List<DeviceRow> all = List.of();
  private final ObservableList<DeviceRow> rows = FXCollections.observableArrayList();
  private final ObservableList<Asked> releases = FXCollections.observableArrayList();
  private final ObservableList<String> sites = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<Asked>> release =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<String>> site =
      new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty loaded = new SimpleBooleanProperty();
  private final ObjectProperty<String> news = new SimpleObjectProperty<>("");
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());

  public ManifestModel(Engine engine, Background background, Words words) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    release.subscribe(_ -> filter());
    site.subscribe(_ -> filter());
  }

  /// Asks the engine again.
  public void refresh() {
    background.start(
        () -> new Known(engine.fleet().manifest(), engine.fleet().state()),
        this::know,
        this::report);
  }

  void add(Device device) {
    background.start(
        () -> engine.fleet().addDevice(device),
        added -> changed(words.text("manifest.added", added.id())),
        this::report);
  }

  /// Takes in devices from a CSV file; all or none.
  void importFrom(Path csv) {
    background.start(
        () -> engine.fleet().importDevices(csv),
        added -> changed(words.text("manifest.imported", added.size())),
        this::report);
  }

  /// Writes the whole manifest into a file, whatever is being asked for on screen.
  void export(Format format, Path file) {
    background.start(
        () -> {
          engine.fleet().exportManifest(format, file);
          return file;
        },
        written -> changed(words.text("manifest.exported", String.valueOf(written.getFileName()))),
        this::report);
  }

  private void changed(String sentence) {
    news.set(sentence);
    trouble.set(Optional.empty());
    refresh();
  }

  private void know(Known known) {
    all = known.rows().stream().map(row -> DeviceRow.of(row, known.state(), words)).toList();
    List<Asked> asked =
        known.state().releases().values().stream()
            .sorted(
                Comparator.comparing(KnownRelease::product)
                    .thenComparing(KnownRelease::sequence, Comparator.reverseOrder()))
            .map(release -> new Asked(release.id(), DeviceRow.name(release)))
            .toList();
    if (!releases.equals(asked)) releases.setAll(asked);
    List<String> standing = all.stream().map(DeviceRow::site).distinct().sorted().toList();
    if (!sites.equals(standing)) sites.setAll(standing);
    loaded.set(true);
    filter();
  }

  private void filter() {
    Optional<Digest> wanted = release.get().map(Asked::id);
    rows.setAll(
        all.stream()
            .filter(row -> wanted.isEmpty() || row.release().equals(wanted))
            .filter(row -> site.get().isEmpty() || site.get().get().equals(row.site()))
            .toList());
  }

  private void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  /// The answer: those devices for which the question holds.
  ObservableList<DeviceRow> rows() {
    return rows;
  }

  /// How many devices there are at all.
  int devices() {
    return all.size();
  }

  ObservableList<Asked> releases() {
    return releases;
  }

  ObservableList<String> sites() {
    return sites;
  }

  /// Empty for any release.
  ObjectProperty<Optional<Asked>> release() {
    return release;
  }

  /// Empty for all sites.
  ObjectProperty<Optional<String>> site() {
    return site;
  }

  BooleanProperty loaded() {
    return loaded;
  }

  /// What was done last, in words; empty for nothing.
  ObjectProperty<String> news() {
    return news;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
