package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.io.PlainText;

/// Somebody who hands things to a station that has little memory; what the station had before must
/// be what it has afterwards.
///
/// @param station started with a small heap
/// @param parts the station's; one that was right stays, so that it need not be fetched again
/// @param kept files and folders that nothing hostile may change
record Stranger(Fieldlift station, Path parts, List<Path> kept) {
  private static final String HEAP = "-Xmx192m";
  private static final String NOTE = "NOTE: Picked up JDK_JAVA_OPTIONS: " + HEAP + "\n";
  private static final int MOST_LINES = 4;

  /// What is kept of a station: its releases, what it believes, and what it knows.
  static Stranger at(Fieldlift station, Path... more) {
    Path home = station.home();
    List<Path> kept =
        new ArrayList<>(
            List.of(
                home.resolve("store/releases"),
                home.resolve("store/incoming"),
                home.resolve("trust"),
                home.resolve("key"),
                home.resolve("ledger.db"),
                home.resolve("ledger.db.head")));
    kept.addAll(List.of(more));
    Fieldlift small = station.through("env", "JDK_JAVA_OPTIONS=" + HEAP);
    return new Stranger(small, home.resolve("store/parts"), kept);
  }

  /// Runs a command with little memory; whatever it says is fit to be shown.
  Program.Said run(Object... command) {
    Program.Said said = station.run(command);
    Program.Said plain = new Program.Said(said.code(), said.out(), said.err().replace(NOTE, ""));
    for (String line : (plain.out() + plain.err()).lines().toList()) {
      for (int at = 0; at < line.length(); at += 400) {
        String some = line.substring(at, Math.min(line.length(), at + 400));
        assertThat(PlainText.of(some)).as("fit to be shown").isEqualTo(some);
      }
    }
    return plain;
  }

  /// Holds that the command is refused in a few plain words and that nothing was kept of it.
  void refused(String attack, int code, String words, Object... command) throws IOException {
    refused(attack, List.of(code), words, command);
  }

  /// The same where what is wrong may be called a fault of the release or of the drive.
  void refusedAnyhow(String attack, String words, Object... command) throws IOException {
    refused(attack, List.of(3, 4), words, command);
  }

  private void refused(String attack, List<Integer> codes, String words, Object... command)
      throws IOException {
    Map<String, String> before = state();
    Program.Said said = run(command);
    assertThat(said.code()).as("%s: %s", attack, said).isIn(codes);
    said.refused(said.code(), words);
    assertThat(said.out() + said.err()).doesNotContain("made a mistake");
    assertThat((said.out() + said.err()).strip().lines().count())
        .as(said.out() + said.err())
        .isBetween(1L, (long) MOST_LINES);
    assertThat(state()).as(attack).containsExactlyInAnyOrderEntriesOf(before);
    Digests.ofAll(parts).forEach((name, digest) -> assertThat(digest).isEqualTo(name));
    FaultTable.add(attack + " (" + command[0] + " " + command[1] + ")", said, "as before");
  }

  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    for (Path path : kept) {
      if (Files.isDirectory(path)) {
        Trees.describe(path).forEach((name, what) -> state.put(path + "/" + name, what));
        state.keySet().removeIf(name -> name.endsWith("/.fieldlift-lock"));
      } else if (Files.exists(path)) state.put(path.toString(), Digests.of(path));
    }
    return state;
  }
}
