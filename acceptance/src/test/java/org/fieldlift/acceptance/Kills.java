package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Kills one kind of work again and again, at moments spread evenly over the processor time it
/// takes when nobody disturbs it; the time Java needs to start is left out.
final class Kills {
  /// For each kind of work; `-Dfieldlift.kills=200` for a long night.
  private static final int WANTED = Integer.getInteger("fieldlift.kills", 6);

  /// Work that ended before its kill came is no kill, but must not go on for ever.
  private static final int TRIES_FOR_ONE = 3;

  private static final int FINISH_AFTER = 3;

  private final String work;
  private final int wanted;
  private final long start;
  private final long whole;
  private final RandomGenerator chance = RandomGenerator.getDefault();
  private final Map<String, Integer> found = new TreeMap<>();
  private int tries;
  private int kills;

  private Kills(String work, int wanted, long start, long whole) {
    this.work = work;
    this.wanted = wanted;
    this.start = start;
    this.whole = whole;
  }

  /// @param ways in how many ways this work is done, each of which gets its share of the kills
  /// @param undisturbed runs it to its end and says how long it worked
  static Kills of(String work, int ways, Path folder, Supplier<Duration> undisturbed) {
    long start = Fieldlift.at(folder.resolve("nobody")).worksFor("--version").toMillis();
    long whole = Math.max(undisturbed.get().toMillis(), start + 1);
    return new Kills(work, Math.ceilDiv(WANTED, ways), start, whole);
  }

  /// How many runs there were.
  int round() {
    return tries;
  }

  /// Kills run after run, each on what the ones before it left. After every third the work is let
  /// to its end.
  ///
  /// @param run one run that is killed after this time
  /// @param state looks at what was left, and says in words what it is
  /// @param finish runs it to its end, checks what came of it, and clears the place
  void strike(Function<Duration, Program.Said> run, Look state, Finish finish) throws IOException {
    while (kills < wanted && tries < TRIES_FOR_ONE * wanted) {
      tries++;
      Program.Said said = run.apply(Duration.ofMillis(chance.nextLong(start, whole + 1)));
      if (said.code() == Fieldlift.KILLED) kills++;
      else said.well();
      found.merge(state.after(said), 1, Integer::sum);
      if (tries % FINISH_AFTER == 0) finish.run();
    }
    if (tries % FINISH_AFTER != 0) finish.run();
    report();
  }

  /// What a killed run left, in words.
  interface Look {
    String after(Program.Said said) throws IOException;
  }

  /// The same command again, undisturbed.
  interface Finish {
    void run() throws IOException;
  }

  /// All rounds held, and none left anything in the system's temporary folder.
  private void report() {
    assertThat(kills).as("kills of " + work).isPositive();
    assertThat(QuickStart.TEMPORARY).isEmptyDirectory();
    FaultTable.add(
        "%s: %d kills in %d runs, after %d to %d ms of work"
            .formatted(work, kills, tries, start, whole),
        "nothing (killed)",
        found + "; the next run finished it");
  }
}
