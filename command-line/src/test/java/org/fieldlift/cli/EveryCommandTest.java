package org.fieldlift.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fieldlift.cli.TestStation.Said;
import org.fieldlift.io.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What holds of all commands: an example that is not torn apart, and an answer in JSON. The
/// password of keys is in the build's `COSIGN_PASSWORD`.
class EveryCommandTest {
  /// Command → its words on the prepared station; `~` is the folder around it. They run in this
  /// order, because some need what others made.
  private static final List<Map.Entry<String, String>> WORDS =
      List.of(
          entry("trust new-key", "~/lab"),
          entry("trust add", "lab --product example.org/lab/* --key ~/lab.pub"),
          entry("trust list", ""),
          entry(
              "release pack",
              "~/input ~/scope.tar.gz --kind file --product example.org/lab/scope"
                  + " --release-version v1 --platform any"),
          entry("release sign", "~/scope.tar.gz --key ~/lab.key"),
          entry("release show", "~/scope.tar.gz"),
          entry("release verify", "~/scope.tar.gz"),
          entry("release split", "~/scope.tar.gz ~/shelf/scope"),
          entry("release join", "~/joined.tar.gz ~/shelf/scope"),
          entry("release index", "~/shelf"),
          entry(
              "trust verify-blob",
              "--bundle ~/shelf/scope/release.json.sigstore.json --key ~/lab.pub"
                  + " ~/shelf/scope/release.json"),
          entry("source add", "shelf ~/shelf"),
          entry("source list", ""),
          entry("release list", "--look"),
          entry("release fetch", "scope"),
          entry("source remove", "shelf"),
          entry("device add", "SCOPE-1 --site North"),
          entry("device import", "~/devices.csv"),
          entry("device assign", "SCOPE-2 West"),
          entry("device list", ""),
          entry("drive write", "-r scope -d SCOPE-1 --to ~/stick.img --size 64MB"),
          entry("drive list", ""),
          entry("drive show", "~/stick.img"),
          entry("drive verify", "~/stick.img"),
          entry("device report", "SCOPE-1 scope@v1 running"),
          entry("manifest show", ""),
          entry("manifest export", "--format csv"),
          entry("ledger check", ""),
          entry("ledger export", "~/backup.jsonl"),
          entry("ledger import", "~/backup.jsonl"),
          entry("release remove", "scope"),
          entry("release prune", ""),
          entry("image list", ""),
          entry("image prune", "--unused"),
          entry("trust remove", "lab"));

  /// They need a network, Docker, Forklift's folders, or half a minute.
  private static final Set<String> NOT_RUN =
      Set.of(
          "demo",
          "stage export-bundle",
          "stage import-bundle",
          "plt export-bundle",
          "plt switch",
          "image cache",
          "image load",
          "image export");

  @TempDir static Path folder;
  private static TestStation station;

  @BeforeAll
  static void aPreparedStation() throws IOException {
    station = new TestStation(folder.resolve("station"));
    Files.createDirectory(folder.resolve("shelf"));
    Files.writeString(folder.resolve("devices.csv"), "id,site\nSCOPE-2,South\n");
    Files.write(folder.resolve("input"), new byte[1000]);
  }

  @Test
  void everyCommandHasAnExampleThatIsShownAsItWasWritten() {
    leaves()
        .forEach((name, command) -> {
          List<String> lines = List.of(command.getCommandSpec().usageMessage().footer());
          assertThat(lines).as(name).anyMatch(line -> line.contains("fieldlift " + name));
          String help = new TestStation(folder).run((name + " --help").split(" ")).out();
          for (String line : lines) {
            String shown = line.replace("%n", "").replace("%%", "%");
            assertThat(help.lines()).as(name).anyMatch(each -> each.stripTrailing().equals(shown));
          }
        });
  }

  @Test
  void everyCommandAnswersInJson() throws IOException {
    List<String> known = new ArrayList<>(NOT_RUN);
    WORDS.forEach(each -> known.add(each.getKey()));
    assertThat(known).containsExactlyInAnyOrderElementsOf(leaves().keySet());
    for (Map.Entry<String, String> each : WORDS) {
      String words = each.getKey() + " " + each.getValue().replace("~", folder.toString());
      Said said = station.run((words.strip() + " --json").split(" "));
      assertThat(said.code()).as(words + "\n" + said.err()).isZero();
      byte[] answer = ("{\"answer\": " + said.out() + "}").getBytes(StandardCharsets.UTF_8);
      assertThat(Json.readObject(answer, words).get("answer").isEmpty())
          .as(words + " has something to say")
          .isEqualTo(each.getKey().equals("image list"));
    }
  }

  private static Map<String, CommandLine> leaves() {
    Map<String, CommandLine> leaves = new TreeMap<>();
    collect(CommandTree.of(), "", leaves);
    return leaves;
  }

  private static void collect(CommandLine command, String name, Map<String, CommandLine> into) {
    command
        .getSubcommands()
        .forEach((word, each) -> {
          if (!word.equals("help")) collect(each, (name + " " + word).strip(), into);
        });
    if (command.getSubcommands().isEmpty()) into.put(name, command);
  }
}
