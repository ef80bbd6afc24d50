package org.fieldlift.desktop.dock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.DriveDesk;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State;

/// The drives of this station, and what a person can do with one.
public final class DockModel {
  /// What checking a drive found.
  ///
  /// @param faults empty when everything is right
  record Checked(String name, DriveDesk.Checked found) {}

  private record Found(List<Tile> tiles, State state) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final Activities activities;

  private boolean asking;
  private List<LaneState> lanes = List.of();
  private Optional<Found> found = Optional.empty();
  private final ObservableList<Tile> tiles = FXCollections.observableArrayList();
  private final ObservableList<TileLook> looks = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<Checked>> checked =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());

  public DockModel(Engine engine, Background background, Words words, Activities activities) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    this.activities = activities;
  }

  /// Looks for drives that came or went; called every few seconds. A look that takes long is not
  /// overtaken by another one.
  public void refresh() {
    if (asking) return;
    asking = true;
    background.start(
        this::ask,
        news -> {
          asking = false;
          know(news);
        },
        failure -> {
          asking = false;
          report(failure);
        });
  }

  /// Shows how far lanes are on their drives' tiles; empty when none run.
  public void follow(List<LaneState> lanes) {
    this.lanes = lanes;
    show();
  }

  /// Makes a virtual drive in this file and lists it.
  void addVirtual(Path file, long size) {
    background.start(() -> engine.drives().addVirtual(file, size), _ -> refresh(), this::report);
  }

  void forget(Path file) {
    background.start(
        () -> {
          engine.drives().forgetVirtual(file);
          return file;
        },
        _ -> refresh(),
        this::report);
  }

  /// Reads every file of a drive and compares it with what it should hold.
  void check(TileLook tile) {
    Progress progress = new Progress(tile.name());
    Runnable ended =
        activities.begin(() -> words.text("activity.checking", tile.name(), progress.fraction()));
    background.start(
        () -> engine.drives().verify(tile.path(), progress, new Cancellation()),
        found -> {
          ended.run();
          checked.set(Optional.of(new Checked(tile.name(), found)));
        },
        failure -> {
          ended.run();
          report(failure);
        });
  }

  private Found ask() throws IOException {
    return new Found(engine.drives().list(), engine.fleet().state());
  }

  private void know(Found news) {
    if (found.filter(news::equals).isPresent()) return;
    found = Optional.of(news);
    if (!tiles.equals(news.tiles())) tiles.setAll(news.tiles());
    show();
  }

  private void show() {
    found.ifPresent(now -> {
      List<TileLook> news =
          now.tiles().stream()
              .map(tile -> TileLook.of(tile, now.state(), laneOn(tile.path()), words))
              .toList();
      if (!looks.equals(news)) looks.setAll(news);
    });
  }

  private Optional<LaneState> laneOn(Path path) {
    return lanes.stream().filter(lane -> lane.target().equals(path)).findFirst();
  }

  private void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  /// The drives as the engine lists them.
  public ObservableList<Tile> tiles() {
    return tiles;
  }

  ObservableList<TileLook> looks() {
    return looks;
  }

  ObjectProperty<Optional<Checked>> checked() {
    return checked;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
