package org.fieldlift.desktop.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
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
///
/// What speaks against a choice (a release that expired, or that is older than what a device has)
/// is an objection: there is no plan until the person says why it goes out all the same. What they
/// say holds for the releases and devices it was said for, and no others.
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

  /// By what a drive is known again. Another one in its port, or one that is no longer what it was,
  /// is another drive: nobody has chosen it yet.
  record Plugged(Path path, Holds holds, String code) {
    static Plugged of(Tile tile) {
      return new Plugged(tile.path(), tile.holds(), tile.code());
    }
  }

  private record Chosen(List<Digest> releases, List<String> devices) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final ObservableList<Tile> tiles;
  private final Begun begun;

  private final Choices<Row, Digest> releases = new Choices<>(Row::id, this::replan);
  private final Choices<ManifestRow, String> devices =
      new Choices<>(row -> row.device().id(), this::replan);
  private final Choices<Tile, Plugged> drives = new Choices<>(Plugged::of, this::replan);
  private final ObjectProperty<Section> open = new SimpleObjectProperty<>(Section.WHAT);
  private final ObjectProperty<Optional<Plan>> plan = new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty starting = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());
  private final ObjectProperty<Optional<String>> objection =
      new SimpleObjectProperty<>(Optional.empty());
  private final BooleanProperty planning = new SimpleBooleanProperty();
  private final IntegerProperty question = new SimpleIntegerProperty();
  private final Planning planner;
  private Optional<Digest> wanted = Optional.empty();
  private Optional<Chosen> saidFor = Optional.empty();
  private String said = "";

  /// @param tiles the drives of the dock, in its order
  public PrepareModel(
      Engine engine, Background background, Words words, ObservableList<Tile> tiles, Begun begun) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    this.tiles = tiles;
    this.begun = begun;
    this.planner = new Planning(engine);
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
    int asked = question.get() + 1;
    question.set(asked);
    objection.set(why().isEmpty() ? expired() : Optional.empty());
    List<Path> paths =
        drives.chosen().stream()
            .filter(tile -> tile.holds() != Holds.UNUSABLE)
            .map(Tile::path)
            .toList();
    if (releases.chosen().isEmpty() || paths.isEmpty() || objection.get().isPresent()) {
      answer(asked, Optional.empty());
      return;
    }
    planning.set(true);
    background.start(
        () -> planner.ask(order(paths)),
        found -> {
          switch (found) {
            case Planning.Made(Plan made) -> answer(asked, Optional.of(made));
            case Planning.Refused(String what) -> {
              if (answer(asked, Optional.empty())) objection.set(Optional.of(what));
            }
          }
        },
        failure -> {
          if (answer(asked, Optional.empty())) report(failure);
        });
  }

  private PlanOrder order(List<Path> paths) {
    Chosen now = chosen();
    return new PlanOrder(
        now.releases().stream().map(Digest::hex).toList(),
        now.devices(),
        paths,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        !why().isEmpty(),
        why());
  }

  /// @return false when another question was asked meanwhile, and nothing was changed
  private boolean answer(int asked, Optional<Plan> made) {
    if (asked != question.get()) return false;
    planning.set(false);
    trouble.set(Optional.empty());
    plan.set(made);
    return true;
  }

  /// A sentence for each chosen release that devices refuse because of its age.
  private Optional<String> expired() {
    String sentences =
        releases.chosen().stream()
            .flatMap(
                row -> row.expiredSince().map(end -> Summary.expired(row, end, words)).stream())
            .collect(Collectors.joining(" "));
    return Optional.of(sentences).filter(text -> !text.isEmpty());
  }

  private Chosen chosen() {
    return new Chosen(
        releases.chosen().stream().map(Row::id).toList(),
        devices.chosen().stream().map(row -> row.device().id()).toList());
  }

  /// Says why these releases go to these devices although something speaks against it.
  void say(String why) {
    said = why.strip();
    saidFor = Optional.of(chosen());
    replan();
  }

  /// What was said for exactly the chosen releases and devices; empty when nothing was.
  String why() {
    return saidFor.filter(chosen()::equals).isPresent() ? said : "";
  }

  /// What was said last, for whatever choice.
  String saidLast() {
    return said;
  }

  /// Erases and writes the drives of a plan, as the person saw it: what was plugged in since is not
  /// among them.
  ///
  /// @param why what was said for this plan; goes into the ledger
  void write(Plan seen, String why) {
    if (!seen.fits()) return;
    starting.set(true);
    Cancellation cancellation = new Cancellation();
    background.start(
        () -> engine.drives().write(seen, why, new Progress("Writing"), cancellation),
        writing -> {
          starting.set(false);
          begun.lanes(seen, writing, cancellation, Summary.releases(seen, words));
        },
        failure -> {
          starting.set(false);
          report(failure);
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

  Choices<Tile, Plugged> drives() {
    return drives;
  }

  ObjectProperty<Section> open() {
    return open;
  }

  ObjectProperty<Optional<Plan>> plan() {
    return plan;
  }

  /// What speaks against the choice, and stands in the way until the person says why.
  ObjectProperty<Optional<String>> objection() {
    return objection;
  }

  /// True while the plan is one for an earlier choice.
  BooleanProperty planning() {
    return planning;
  }

  /// Changes whenever a choice does.
  IntegerProperty question() {
    return question;
  }

  /// True from the press of the button until the lanes run.
  BooleanProperty starting() {
    return starting;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
