package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// A list to choose from that keeps what was chosen when its things are asked for again.
///
/// @param <T> what is chosen
/// @param <K> by what it is known again
final class Choices<T, K> {
  private final ObservableList<Choice<T>> all = FXCollections.observableArrayList();
  private final Function<T, K> key;
  private final Runnable changed;
  private boolean silent;

  Choices(Function<T, K> key, Runnable changed) {
    this.key = key;
    this.changed = changed;
  }

  /// The things as they are now.
  ///
  /// @param atFirst whether a thing that was not there before is chosen
  void offer(List<T> things, Predicate<T> atFirst) {
    Set<K> before =
        all.stream().map(choice -> key.apply(choice.value())).collect(Collectors.toSet());
    Set<K> chosen = chosen().stream().map(key).collect(Collectors.toSet());
    all.setAll(
        things.stream()
            .map(thing -> {
              K id = key.apply(thing);
              boolean stays = before.contains(id) ? chosen.contains(id) : atFirst.test(thing);
              return new Choice<>(thing, stays, this::tell);
            })
            .toList());
    tell();
  }

  /// Chooses exactly the things this holds for.
  void choose(Predicate<T> wanted) {
    silent = true;
    all.forEach(choice -> choice.chosen().set(wanted.test(choice.value())));
    silent = false;
    tell();
  }

  List<T> chosen() {
    return all.stream().filter(Choice::isChosen).map(Choice::value).toList();
  }

  ObservableList<Choice<T>> all() {
    return all;
  }

  private void tell() {
    if (!silent) changed.run();
  }
}
