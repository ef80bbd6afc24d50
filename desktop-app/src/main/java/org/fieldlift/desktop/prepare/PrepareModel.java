package org.fieldlift.desktop.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State.ManifestRow;
import org.fieldlift.provision.Plan;
import org.fieldlift.trust.Verdict;

/// What shall go to whom on which drives. Every change is planned anew by the engine; nothing is
/// written before [#write].
public final class PrepareModel {
  /// The three questions of the page.
  enum Section {
    WHAT,
    WHOM,
    DRIVES
  }

  /// Takes over once writing has begun.
  @FunctionalInterface
  public interface Begun {
    void lanes(Plan plan, Writing writing, Cancellation cancellation, String what);
  }

  private record Known(List<Row> releases, List<ManifestRow> devices) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final ObservableList<Tile> tiles;
  private final Begun begun;

  private final Choices<Row, Digest> releases = new Choices<>(Row::id, this::replan);
  private final Choices<ManifestRow, String> devices =
      new Choices<>(row -> row.device().id(), this::replan);
  private final Choices<Tile, Path> drives = new Choices<>(Tile::path, this::replan);
  private final ObjectProperty<Section> open = new SimpleObjectProperty<>(Section.WHAT);
  private final ObjectProperty<Optional<Plan>> plan = new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty starting = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());
  private Optional<Digest> wanted = Optional.empty();
  private int question;

  /// @param tiles the drives of the dock, in its order
  public PrepareModel(
      Engine engine, Background background, Words words, ObservableList<Tile> tiles, Begun begun) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    this.tiles = tiles;
    this.begun = begun;
    tiles.subscribe(this::offerDrives);
    offerDrives();
  }

  /// Asks the engine again what releases and devices there are.
  public void refresh() {
    background.start(this::ask, this::know, this::report);
  }

  /// Begins with one release, chosen on the page of releases.
  public void startWith(Row release) {
    wanted = Optional.of(release.id());
    open.set(Section.WHOM);
    refresh();
  }

  /// Forgets every choice of releases and devices.
  void startOver() {
    releases.choose(_ -> false);
    devices.choose(_ -> false);
    open.set(Section.WHAT);
  }

  private Known ask() throws IOException {
    List<Row> usable =
        engine.releases().list().stream()
            .filter(row -> row.where() == Where.HERE)
            .filter(row -> row.verdict().filter(Verdict::isGenuine).isPresent())
            .toList();
    return new Known(usable, engine.fleet().manifest());
  }

  private void know(Known known) {
    releases.offer(known.releases(), _ -> false);
    wanted.ifPresent(id -> releases.choose(row -> row.id().equals(id)));
    wanted = Optional.empty();
    devices.offer(known.devices(), _ -> false);
  }

  private void offerDrives() {
    drives.offer(tiles, tile -> tile.holds() == Holds.NEW || tile.holds() == Holds.OURS);
  }

  private void replan() {
    int asked = ++question;
    List<Path> paths =
        drives.chosen().stream()
            .filter(tile -> tile.holds() != Holds.UNUSABLE)
            .map(Tile::path)
            .toList();
    if (releases.chosen().isEmpty() || paths.isEmpty()) {
      plan.set(Optional.empty());
      return;
    }
    PlanOrder order =
        new PlanOrder(
            releases.chosen().stream().map(row -> row.id().hex()).toList(),
            devices.chosen().stream().map(row -> row.device().id()).toList(),
            paths,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "");
    background.start(
        () -> engine.drives().plan(order),
        made -> {
          if (asked != question) return;
          trouble.set(Optional.empty());
          plan.set(Optional.of(made));
        },
        failure -> {
          if (asked != question) return;
          plan.set(Optional.empty());
          report(failure);
        });
  }

  /// Erases and writes the planned drives.
  void write() {
    plan.get()
        .filter(Plan::fits)
        .ifPresent(made -> {
          starting.set(true);
          Cancellation cancellation = new Cancellation();
          background.start(
              () -> engine.drives().write(made, "", new Progress("Writing"), cancellation),
              writing -> {
                starting.set(false);
                begun.lanes(made, writing, cancellation, Summary.releases(made, words));
              },
              failure -> {
                starting.set(false);
                report(failure);
              });
        });
  }

  private void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  Choices<Row, Digest> releases() {
    return releases;
  }

  Choices<ManifestRow, String> devices() {
    return devices;
  }

  Choices<Tile, Path> drives() {
    return drives;
  }

  ObjectProperty<Section> open() {
    return open;
  }

  ObjectProperty<Optional<Plan>> plan() {
    return plan;
  }

  /// True from the press of the button until the lanes run.
  BooleanProperty starting() {
    return starting;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
