package org.fieldlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.cli.TestStation.Said;
import org.fieldlift.io.Json;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path folder;

  @Test
  void everyCommandExplainsItself() {
    List<CommandLine> commands = new ArrayList<>();
    collect(CommandTree.of(), commands);
    assertThat(commands).hasSizeGreaterThan(35);
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().usageMessage().description())
          .as(name + " has a description")
          .isNotEmpty();
      command
          .getCommandSpec()
          .options()
          .forEach(option ->
              assertThat(option.description()).as(name + " " + option.longestName()).isNotEmpty());
    }
  }

  @Test
  void helpAndVersionEndWell() {
    assertThat(run("--help").code()).isZero();
    assertThat(run("--version").out()).startsWith("fieldlift ");
    assertThat(run("help", "drive").out()).contains("write", "verify", "show");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "release", "--nonsense", "drive write", "release pack only-one"})
  void wordsThatMakeNoSenseEndWithTwo(String line) {
    Said said = run(line.split(" "));
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).isNotBlank();
  }

  @Test
  void notesThatCannotBeReadAreRefusedInWords() throws IOException {
    Path input = Files.writeString(folder.resolve("os.img"), "bytes");
    Path latin =
        Files.write(folder.resolve("latin.md"), "\u00FC".getBytes(StandardCharsets.ISO_8859_1));
    for (Path notes : List.of(latin, folder, folder.resolve("absent.md"))) {
      Path output = folder.resolve("os.tar.gz");
      String[] pack = {
        "release",
        "pack",
        "--kind",
        "file",
        "--product",
        "example.org/os",
        "--release-version",
        "1",
        "--notes",
        notes.toString(),
        input.toString(),
        output.toString()
      };
      Said said = run(pack);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("file of notes " + notes).doesNotContain("Check the disk");
      assertThat(output).doesNotExist();
    }
  }

  /// A step may name a file of a foreign drive or an address in a foreign pallet.
  @Test
  void progressObeysNoTerminalEscapes() {
    Progress progress = new Progress("Checking /media/\u001B[2Jx");
    assertThat(Work.line(progress, new Rate())).isEqualTo("Checking /media/<U+001B>[2Jx");
    progress.step("Fetching \u202Ex");
    assertThat(Work.line(progress, new Rate())).isEqualTo("Fetching <U+202E>x");
  }

  @Test
  void aFreshStationIsEmptyAndSaysWhatToDo() throws IOException {
    assertThat(run("release", "list").err()).contains("source add");
    assertThat(run("device", "list").err()).contains("device add");
    assertThat(run("trust", "list").err()).contains("trust add");
    assertThat(run("source", "list", "--json").out().strip()).matches("\\[\\s*\\]");
    assertThat(run("manifest", "show").out()).contains("No device is known yet");
    assertThat(run("ledger", "check").out()).contains("The ledger holds: 0 events of 0 stations");
  }

  @Test
  void devicesComeAndTheManifestKnowsThem() throws IOException {
    Path csv =
        Files.writeString(folder.resolve("d.csv"), "id,site\nSCOPE-1,North\nSCOPE-2,South\n");
    assertThat(run("device", "import", csv.toString()).err()).contains("Added 2 devices.");
    assertThat(run("device", "import", csv.toString()).err()).contains("Added 0 devices.");
    assertThat(run("device", "add", "SCOPE-1").code()).isEqualTo(2);
    assertThat(run("device", "assign", "SCOPE-1", "West").code()).isZero();
    assertThat(run("manifest", "show").out()).contains("SCOPE-1", "West", "nothing known");
    String json = run("manifest", "show", "--json").out();
    assertThat(Json.readObject(json.getBytes(StandardCharsets.UTF_8), "manifest")).isNotNull();
    assertThat(run("manifest", "export", "--format", "csv").out())
        .startsWith("device,name,site")
        .contains("SCOPE-2,,South");
  }

  @Test
  void anExpiredReleaseIsCalledExpired() throws IOException {
    Path input = Files.writeString(folder.resolve("os.img"), "x");
    String file = folder.resolve("os.tar.gz").toString();
    Said packed =
        run(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/os",
            "--release-version",
            "7",
            "--valid-until",
            "2020-01-31",
            input.toString(),
            file);
    assertThat(packed.code()).isZero();
    String end = "2020-01-31T23:59:59Z";
    assertThat(run("release", "show", file).out())
        .contains("Expired     since " + end + "; devices refuse it");
    assertThat(run("release", "verify", file).out())
        .contains("Expired since " + end + "; devices refuse it.");
    assertThat(run("release", "show", file, "--json").out())
        .contains("\"expiredSince\" : \"" + end + "\"");
  }

  @Test
  void aMistakeIsToldInWordsWithoutAStackTrace() {
    Said said = run("release", "show", "no/such/release");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("There is nothing at no/such/release").doesNotContain("\tat ");
  }

  @Test
  void aSwitchToWhatIsNowhereNamesItAndMakesNoWorkspace() {
    Path workspace = folder.resolve("workspace");
    String typo = folder.resolve("no/such/drive").toString();
    Said said = run("plt", "switch", "--from-bundle", typo, "--workspace", workspace.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("There is nothing at " + typo);
    Said none = run("plt", "switch", "--from-bundle", "next", "--workspace", workspace.toString());
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("There is no stage store at " + workspace);
    assertThat(workspace).doesNotExist();
  }

  @Test
  void aHomeThatIsAFileIsToldInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Said said = new TestStation(file).run("device", "list");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is a file, not a folder");
  }

  @Test
  void aDriveThatDoesNotExistNeedsASize() {
    Said said = run("drive", "write", "-r", "x", "--to", folder.resolve("new.img").toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--size 4GB");
    assertThat(folder.resolve("new.img")).doesNotExist();
  }

  @Test
  void aWriteThatCannotBeLeavesNoDriveBehind() {
    Path drive = folder.resolve("new/drive.img");
    Said said = run("drive", "write", "-r", "no/such", "--to", drive.toString(), "--size", "64MB");
    assertThat(said.code()).isEqualTo(2);
    assertThat(drive.getParent()).doesNotExist();
    assertThat(run("drive", "list", "--json").out()).doesNotContain("drive.img");
  }

  @Test
  void aBundleAloneNeedsNothingAndIsExportedIntoNoOtherRelease() throws IOException {
    Path bundle = folder.resolve("workspace/.local/share/forklift/stages/1");
    write(
        bundle.resolve("forklift-bundle.yml"),
        """
        forklift-version: v0.8.0
        pallet: {path: git.example.org/lab/scope, version: v1.0.0, clean: true}
        includes:
          pallets:
            git.example.org/lab/base:
              version-lock: {type: version, tag: v1.1.0}
        deploys:
          app: {package: app}
        """);
    write(bundle.resolve("packages/forklift-repository.yml"), "");
    write(bundle.resolve("packages/app/forklift-package.yml"), "package: {}");
    List<String> words = new ArrayList<>(List.of("stage", "export-bundle", "1"));
    words.addAll(List.of(folder.resolve("out").toString(), "--include-caches=false"));
    words.addAll(List.of("--workspace", folder.resolve("workspace").toString(), "--sequence", "1"));
    String[] export = words.toArray(String[]::new);
    words.add("--dry-run");
    Said plan = run(words.toArray(String[]::new));
    assertThat(plan.code()).as(plan.err()).isZero();
    assertThat(run(export).code()).isZero();
    List<Path> files = names(folder.resolve("out"));
    Said again = run(export);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("out exists already");
    assertThat(names(folder.resolve("out"))).isEqualTo(files);
  }

  @Test
  void anAnswerInJsonIsOneDocument() {
    String here = folder.toString();
    Said said = run("image", "load", here, here, "--json", "--docker", here + "/no.sock");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("one folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage import-bundle", "release verify", "drive verify"})
  void aBlankVirtualDriveIsNoDamagedRelease(String command) throws IOException {
    Path drive = folder.resolve("stick.img");
    try (RandomAccessFile file = new RandomAccessFile(drive.toFile(), "rw")) {
      file.setLength(64_000_000);
    }
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(drive.toString());
    Said said = run(words.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isEqualTo(4);
    assertThat(said.err()).contains("has no FAT32 file system");
  }

  private Said run(String... arguments) {
    return new TestStation(folder.resolve("station")).run(arguments);
  }

  private static List<Path> names(Path folder) throws IOException {
    try (var names = Files.list(folder)) {
      return names.sorted().toList();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    into.add(command);
    command.getSubcommands().values().stream().distinct().forEach(each -> collect(each, into));
  }
}
