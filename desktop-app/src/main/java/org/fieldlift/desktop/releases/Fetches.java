package org.fieldlift.desktop.releases;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Background;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Rate;

/// Releases on their way from a source to this station. Several may be on their way at once.
final class Fetches {
  /// How far one is.
  record Look(double share, String words) {}

  private record Running(Row row, Progress progress, Rate rate, Cancellation cancellation) {}

  private final Engine engine;
  private final Background background;
  private final Words words;
  private final Activities activities;
  private final LongSupplier nanoTime;
  private final Map<Digest, Running> running = new HashMap<>();

  Fetches(
      Engine engine,
      Background background,
      Words words,
      Activities activities,
      LongSupplier nanoTime) {
    this.engine = engine;
    this.background = background;
    this.words = words;
    this.activities = activities;
    this.nanoTime = nanoTime;
  }

  /// Starts to fetch, unless this release is on its way already.
  ///
  /// @param here called when it is here
  /// @param failed called when it was stopped or failed
  void begin(Row row, Consumer<Fetched> here, Consumer<Throwable> failed) {
    if (running.containsKey(row.id())) return;
    Running fetch = new Running(row, new Progress(row.label()), new Rate(), new Cancellation());
    running.put(row.id(), fetch);
    Runnable quiet = activities.begin(() -> sentence(fetch));
    background.start(
        () -> engine.releases().fetch(row.id().hex(), fetch.progress(), fetch.cancellation()),
        fetched -> {
          end(row, quiet);
          here.accept(fetched);
        },
        failure -> {
          end(row, quiet);
          failed.accept(failure);
        });
  }

  void stop(Digest release) {
    Optional.ofNullable(running.get(release)).ifPresent(fetch -> fetch.cancellation().cancel());
  }

  /// How far a release is, unless it is not on its way.
  Optional<Look> look(Digest release) {
    return Optional.ofNullable(running.get(release)).map(this::look);
  }

  private Look look(Running fetch) {
    Progress progress = fetch.progress();
    fetch.rate().look(nanoTime.getAsLong(), progress.done());
    String figures =
        progress.total() == 0
            ? words.text("fetch.asking")
            : words.text(
                "fetch.figures", words.size(progress.done()), words.size(progress.total()));
    String left = words.left(fetch.rate().left(progress.total() - progress.done()));
    return new Look(
        progress.fraction(), left.isEmpty() ? figures : words.text("dotted", figures, left));
  }

  private String sentence(Running fetch) {
    return words.text(
        "activity.fetching",
        ProductName.of(fetch.row().product()),
        fetch.row().label(),
        fetch.progress().fraction());
  }

  private void end(Row row, Runnable quiet) {
    running.remove(row.id());
    quiet.run();
  }
}
