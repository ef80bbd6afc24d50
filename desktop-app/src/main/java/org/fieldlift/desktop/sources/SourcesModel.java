package org.fieldlift.desktop.sources;

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
import org.fieldlift.engine.SourceDesk.Source;

/// The places releases come from.
public final class SourcesModel {
  private final Engine engine;
  private final Background background;
  private final Words words;
  private final ObservableList<Source> sources = FXCollections.observableArrayList();
  private final BooleanProperty loaded = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());

  public SourcesModel(Engine engine, Background background, Words words) {
    this.engine = engine;
    this.background = background;
    this.words = words;
  }

  /// Asks the engine again.
  public void refresh() {
    background.start(
        () -> engine.sources().list(),
        known -> {
          loaded.set(true);
          sources.setAll(known);
        },
        this::report);
  }

  void add(String name, String location) {
    background.start(() -> engine.sources().add(name, location), _ -> changed(), this::report);
  }

  void remove(Source source) {
    background.start(() -> engine.sources().remove(source.name()), _ -> changed(), this::report);
  }

  private void changed() {
    trouble.set(Optional.empty());
    refresh();
  }

  private void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  ObservableList<Source> sources() {
    return sources;
  }

  BooleanProperty loaded() {
    return loaded;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
