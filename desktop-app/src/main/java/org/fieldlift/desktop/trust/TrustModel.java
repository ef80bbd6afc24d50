package org.fieldlift.desktop.trust;

import java.nio.file.Path;
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
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Policy;

/// The rules of this station: who may sign what.
public final class TrustModel {
  private final Engine engine;
  private final Background background;
  private final Words words;
  private final ObservableList<Policy> rules = FXCollections.observableArrayList();
  private final BooleanProperty loaded = new SimpleBooleanProperty();
  private final ObjectProperty<Optional<Trouble>> trouble =
      new SimpleObjectProperty<>(Optional.empty());

  public TrustModel(Engine engine, Background background, Words words) {
    this.engine = engine;
    this.background = background;
    this.words = words;
  }

  /// Asks the engine again.
  public void refresh() {
    background.start(
        () -> engine.trust().rules(),
        known -> {
          loaded.set(true);
          rules.setAll(known);
        },
        this::report);
  }

  /// Adds a rule; one that is there already stays as it is, because it may deny somebody.
  void trustKey(String rule, String product, Path publicKey) {
    if (rules.stream().anyMatch(known -> known.name().equals(rule))) {
      trouble.set(
          Optional.of(
              new Trouble(
                  words.text("trust.taken", PlainText.of(rule)), words.text("trust.taken.next"))));
      return;
    }
    background.start(
        () -> engine.trust().trustKey(new RuleOrder(rule, product, false), publicKey),
        _ -> changed(),
        this::report);
  }

  void remove(Policy rule) {
    background.start(() -> engine.trust().remove(rule.name()), _ -> changed(), this::report);
  }

  private void changed() {
    trouble.set(Optional.empty());
    refresh();
  }

  private void report(Throwable failure) {
    trouble.set(Trouble.of(failure, words));
  }

  ObservableList<Policy> rules() {
    return rules;
  }

  BooleanProperty loaded() {
    return loaded;
  }

  ObjectProperty<Optional<Trouble>> trouble() {
    return trouble;
  }
}
