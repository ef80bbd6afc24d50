package org.fieldlift.desktop.frame;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.engine.Engine;
import org.fieldlift.ledger.LedgerCheck;

/// What the line at the bottom says: background work, station, ledger.
public final class StatusModel {
  /// The ledger in one sentence.
  record LedgerWords(Mood mood, String words) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final StringProperty doing = new SimpleStringProperty("");
  private final ObjectProperty<LedgerWords> ledger =
      new SimpleObjectProperty<>(new LedgerWords(Mood.QUIET, ""));

  public StatusModel(Engine engine, Background background, Words words, Activities activities) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    activities.words().subscribe(now -> doing.set(now.isEmpty() ? words.text("status.idle") : now));
  }

  /// Checks the ledger's chain again.
  public void refresh() {
    background.start(
        () -> engine.fleet().checkLedger(),
        check -> ledger.set(say(check)),
        _ -> ledger.set(new LedgerWords(Mood.BAD, words.text("ledger.unreadable"))));
  }

  private LedgerWords say(LedgerCheck check) {
    return check.holds()
        ? new LedgerWords(Mood.GOOD, words.text("ledger.holds", check.events()))
        : new LedgerWords(Mood.BAD, words.text("ledger.faults", check.faults().size()));
  }

  String station() {
    return words.text("status.station", engine.stationName());
  }

  StringProperty doing() {
    return doing;
  }

  ObjectProperty<LedgerWords> ledger() {
    return ledger;
  }
}
