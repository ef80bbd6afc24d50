package org.fieldlift.desktop;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.fieldlift.desktop.dock.DockModel;
import org.fieldlift.desktop.dock.DockView;
import org.fieldlift.desktop.frame.FrameView;
import org.fieldlift.desktop.frame.Place;
import org.fieldlift.desktop.frame.StatusModel;
import org.fieldlift.desktop.lanes.LanesModel;
import org.fieldlift.desktop.lanes.LanesPage;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.manifest.ManifestModel;
import org.fieldlift.desktop.manifest.ManifestPage;
import org.fieldlift.desktop.prepare.PrepareModel;
import org.fieldlift.desktop.prepare.PreparePage;
import org.fieldlift.desktop.releases.ReleasesPage;
import org.fieldlift.desktop.sources.SourcesModel;
import org.fieldlift.desktop.sources.SourcesPage;
import org.fieldlift.desktop.trust.TrustModel;
import org.fieldlift.desktop.trust.TrustPage;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.engine.Engine;

/// The composition root: every model and page, and how they call each other.
final class Desktop {
  private final ObjectProperty<Place> place = new SimpleObjectProperty<>(Place.RELEASES);
  private final Activities activities = new Activities();
  private final DockModel dock;
  private final LanesModel lanes;
  private final PrepareModel prepare;
  private final ManifestModel manifest;
  private final SourcesModel sources;
  private final TrustModel trust;
  private final StatusModel status;
  private final ReleasesPage releases;
  private final FrameView frame;

  /// @param nanoTime for rates; [System#nanoTime] outside tests
  Desktop(
      Engine engine, Background background, Words words, FileChoice files, LongSupplier nanoTime) {
    Sheets sheets = new Sheets();
    dock = new DockModel(engine, background, words, activities);
    lanes = new LanesModel(background, words, activities, nanoTime);
    prepare = new PrepareModel(engine, background, words, dock.tiles(), lanes::begin);
    manifest = new ManifestModel(engine, background, words);
    sources = new SourcesModel(engine, background, words);
    trust = new TrustModel(engine, background, words);
    status = new StatusModel(engine, background, words, activities);
    releases =
        new ReleasesPage(
            engine,
            background,
            words,
            activities,
            nanoTime,
            row -> {
              prepare.startWith(row);
              place.set(Place.PREPARE);
            });
    lanes.whenEnded(this::refresh);
    Map<Place, Node> pages = new EnumMap<>(Place.class);
    pages.put(Place.RELEASES, releases);
    pages.put(Place.PREPARE, prepareOrLanes(words, sheets));
    pages.put(Place.MANIFEST, new ManifestPage(manifest, words, sheets, files));
    pages.put(Place.TRUST, new TrustPage(trust, words, sheets, files));
    pages.put(Place.SOURCES, new SourcesPage(sources, words, sheets, files));
    DockView dockView = new DockView(dock, words, sheets, files);
    frame = new FrameView(place, pages, dockView, status, words, sheets);
    frame.addEventHandler(KeyEvent.KEY_PRESSED, this::find);
    place.subscribe(this::enter);
  }

  private StackPane prepareOrLanes(Words words, Sheets sheets) {
    Node form = new PreparePage(prepare, words, sheets);
    Node running = new LanesPage(lanes, words);
    lanes
        .active()
        .subscribe(active -> {
          Look.present(running, active);
          Look.present(form, !active);
        });
    return new StackPane(form, running);
  }

  private void find(KeyEvent event) {
    if (!new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN).match(event)) return;
    place.set(Place.RELEASES);
    releases.find();
  }

  private void enter(Place here) {
    switch (here) {
      case RELEASES -> releases.model().refresh();
      case PREPARE -> prepare.refresh();
      case MANIFEST -> manifest.refresh();
      case TRUST -> trust.refresh();
      case SOURCES -> sources.refresh();
    }
  }

  /// Asks the engine for everything that may have changed; called at the start and after a job.
  void refresh() {
    dock.follow(lanes.states());
    dock.refresh();
    status.refresh();
    enter(place.get());
  }

  /// Looks how far running work is; called a few times a second.
  void look() {
    lanes.look();
    dock.follow(lanes.states());
    releases.detail().look();
    activities.look();
  }

  /// Looks for drives that came or went; called every few seconds.
  void lookForDrives() {
    dock.refresh();
  }

  FrameView frame() {
    return frame;
  }

  LanesModel lanes() {
    return lanes;
  }

  ObjectProperty<Place> place() {
    return place;
  }
}
