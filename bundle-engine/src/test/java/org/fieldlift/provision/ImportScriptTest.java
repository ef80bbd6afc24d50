package org.fieldlift.provision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.io.Digest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the drive's `import.sh` with dash, the strictest of the common shells.
class ImportScriptTest {
  private record Ended(int code, String out, String err) {}

  @TempDir Path temporary;

  @BeforeAll
  static void needsDash() {
    assumeTrue(isHere("dash"), "dash is not installed, so import.sh is not tested");
  }

  @Test
  void oneDriveIsUnpackedAsItWasPacked() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Map<String, String> before = snapshot(set.drives.getFirst());
    Ended ended = run(set, "-o", out());
    assertThat(ended).extracting(Ended::code, Ended::err).containsExactly(0, "");
    assertThat(ended.out())
        .contains("git.example.org/lab/microscope v2026.1.0 for linux/arm64")
        .contains("piece 3 of 3 is good")
        .contains("signature was NOT checked")
        .contains("sh import.sh --key FILE")
        .endsWith("Done.\n");
    assertThat(snapshot(unpacked())).isEqualTo(snapshot(set.tree()));
    assertThat(snapshot(set.drives.getFirst())).isEqualTo(before);
  }

  @Test
  void aSetOfDrivesIsJoinedInAnyOrder() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 3);
    Ended ended = run(set, "-o", out(), set.drives.get(2).toString(), set.drives.get(1).toString());
    assertThat(ended).extracting(Ended::code, Ended::err).containsExactly(0, "");
    assertThat(snapshot(unpacked())).isEqualTo(snapshot(set.tree()));
  }

  @Test
  void theDriveThatIsMissingIsNamed() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 3);
    Ended ended = run(set, "-o", out(), set.drives.get(2).toString());
    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err())
        .contains("Piece 2 of 3 is not on the drives that are here.")
        .contains("Drive 2 of 3 (FL-000002) is missing.")
        .doesNotContain("Drive 1 of 3")
        .doesNotContain("Drive 3 of 3");
    assertNothingUnpacked();
  }

  @Test
  void aMissingPieceIsFound() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Files.delete(set.pieces.get(1));
    refused(set, 4, "Piece 2 of 3 is not on the drives that are here.");
  }

  @Test
  void aDamagedPieceIsFound() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    byte[] bytes = Files.readAllBytes(set.pieces.get(2));
    bytes[bytes.length / 2] ^= 1;
    Files.write(set.pieces.get(2), bytes);
    refused(set, 4, "Piece 3 of 3 is damaged: " + set.pieces.get(2));
  }

  @Test
  void aPieceThatWasSwappedIsFound() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Files.copy(set.pieces.get(2), set.pieces.get(1), StandardCopyOption.REPLACE_EXISTING);
    refused(set, 4, "Piece 2 of 3 is damaged");
  }

  @Test
  void aLineThatLeadsOutOfTheDriveIsNotFollowed() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path sums = set.releaseFolder().resolve("SHA256SUMS");
    Files.writeString(sums, "0".repeat(64) + "  ../../../../etc/passwd\n");
    refused(set, 4, "Line 1 of " + sums + " is damaged.");
  }

  @Test
  void aReleaseJsonThatWasChangedIsFound() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Files.writeString(set.releaseFolder().resolve("release.json"), "{}");
    refused(set, 4, "release.json is damaged");
  }

  @Test
  void contentsThatReleaseJsonDoesNotListAreRefused() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path contents = set.releaseFolder().resolve("CONTENTS.sha256");
    Files.writeString(contents, Files.readString(contents).replaceFirst("[0-9a-f]", "x"));
    refused(set, 3, "CONTENTS.sha256 does not agree with release.json.");
  }

  @Test
  void anArchiveWithAnotherFileThanListedIsRefused() throws Exception {
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1);
    Files.writeString(other.tree().resolve("forklift-bundle.yml"), "forklift-version: v9\n");
    refused(withArchiveOf(other.tree()), 3, "What was unpacked is not what the release lists.");
  }

  @Test
  void anArchiveWithOneFileMoreThanListedIsRefused() throws Exception {
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1);
    Files.writeString(other.tree().resolve("packages/extra"), "");
    refused(withArchiveOf(other.tree()), 3, "The release lists 6 files, but 7 were unpacked.");
  }

  /// What somebody who can change the archive, but not the signed list, puts on the drive.
  enum Attack {
    A_LINK_TO_ELSEWHERE("link", "ln -sfn /etc/passwd link"),
    A_LINK_WITH_A_LINE_MORE("link", "ln -sfn '../../nowhere\n' link"),
    A_LINK_MORE("extra", "ln -s /etc extra"),
    A_LINK_FOR_A_FOLDER("empty", "rmdir 'packages/empty folder'; ln -s .. 'packages/empty folder'"),
    A_FILE_FOR_A_LINK("files", "rm link; echo > link"),
    A_PROGRAM_THAT_RUNS_AS_ANOTHER("program", "chmod u+s packages/program"),
    A_FILE_ANYBODY_MAY_WRITE("forklift-bundle.yml", "chmod 666 forklift-bundle.yml"),
    A_FOLDER_ANYBODY_MAY_WRITE("packages", "chmod 777 packages"),
    A_FOLDER_MORE("extra", "mkdir extra"),
    A_FOLDER_LESS("empty folder", "rmdir 'packages/empty folder'"),
    A_PIPE("names, but", "mkfifo extra"),
    TWO_NAMES_OF_ONE_FILE("", "ln -f forklift-bundle.yml packages/twin"),
    A_NAME_THAT_LOOKS_LIKE_TWO(
        "name",
        "rmdir 'packages/empty folder'; mkdir -p 'x\n"
            + "directory\t0755\tpackages/empty folder'; mkfifo y"),
    A_TARGET_THAT_LOOKS_LIKE_A_FOLDER(
        "",
        "rmdir 'packages/empty folder'; mkfifo y;"
            + " ln -sfn '../../nowhere\ndirectory\t0755\tpackages/empty folder' link");

    private final String named;
    private final String how;

    Attack(String named, String how) {
      this.named = named;
      this.how = how;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheSignedListDoesNotSayIsRefused(Attack attack) throws Exception {
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1);
    Process change =
        new ProcessBuilder("sh", "-ec", attack.how).directory(other.tree().toFile()).start();
    assertThat(change.waitFor()).as(attack.name()).isZero();
    refused(withArchiveOf(other.tree()), 3, attack.named);
  }

  @Test
  void aFileWithABraceInItsNameIsHeldToTheSignedListToo() throws Exception {
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1);
    Path odd = other.tree().resolve("packages/big file é {x}.bin");
    String before = Digest.of(odd).hex();
    Files.write(odd, new byte[700_001]);
    ScriptDrives set = withArchiveOf(other.tree());
    Path contents = set.releaseFolder().resolve("CONTENTS.sha256");
    Files.writeString(contents, Files.readString(contents).replace(before, Digest.of(odd).hex()));
    refused(set, 3, "CONTENTS.sha256 does not agree with release.json.");
  }

  @Test
  void aListInAnotherFormIsNotGuessedAt() throws Exception {
    for (String change :
        List.of("s/ : /:/g", "s/back/ba\\\\tck/", "s/\"size\" : 3/\"size\" : 03e/")) {
      ScriptDrives set = new ScriptDrives(temporary.resolve("set " + change.length()), 1);
      Path release = set.releaseFolder();
      Process sed =
          new ProcessBuilder("sed", change, release.resolve("release.json").toString()).start();
      byte[] json = sed.getInputStream().readAllBytes();
      assertThat(json).isNotEqualTo(set.releaseJson);
      Path renamed = release.resolveSibling(Digest.of(json).hex());
      Files.move(release, renamed);
      Files.write(renamed.resolve("release.json"), json);
      refused(set, 1, "This script cannot read the list of files of this release.");
    }
  }

  @Test
  void busyboxAloneDoesItToo() throws Exception {
    assumeTrue(isHere("busybox"), "busybox is not installed, so import.sh is not tried with it");
    Path applets = Files.createDirectory(temporary.resolve("applets"));
    Process list = new ProcessBuilder("busybox", "--list").start();
    Path busybox = Path.of(run(List.of("sh", "-c", "command -v busybox")).out().strip());
    for (String applet : new String(list.getInputStream().readAllBytes(), UTF_8).split("\n", -1)) {
      if (!applet.isEmpty()) Files.createSymbolicLink(applets.resolve(applet), busybox);
    }
    ScriptDrives set = new ScriptDrives(temporary.resolve("genuine"), 1);
    List<String> command = List.of("env", "PATH=" + applets, "sh", script(set), "-o", out());
    assertThat(run(command)).extracting(Ended::code, Ended::err).containsExactly(0, "");
    assertThat(snapshot(unpacked())).isEqualTo(snapshot(set.tree()));
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1);
    Files.createSymbolicLink(other.tree().resolve("extra"), Path.of("/etc"));
    String forged = script(withArchiveOf(other.tree()));
    Ended refused = run(List.of("env", "PATH=" + applets, "sh", forged, "-o", out() + "2"));
    assertThat(refused.code()).as(refused.err()).isEqualTo(3);
  }

  @Test
  void foreignFilesAreIgnored() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path drive = set.drives.getFirst();
    Files.writeString(drive.resolve("FIELDLIFT/releases/._junk"), "junk");
    Files.writeString(
        drive.resolve("FIELDLIFT/pieces/._" + set.pieces.getFirst().getFileName()), "junk");
    Files.createDirectories(drive.resolve("System Volume Information"));
    Files.createDirectories(drive.resolve("FIELDLIFT/releases/not a release"));
    assertThat(run(set, "-o", out())).extracting(Ended::code, Ended::err).containsExactly(0, "");
    assertThat(snapshot(unpacked())).isEqualTo(snapshot(set.tree()));
  }

  @Test
  void severalReleasesGetAFolderEach() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    ScriptDrives other = new ScriptDrives(temporary.resolve("other"), 1, "v2026.2.0");
    for (Path file : List.of(other.releaseFolder(), other.pieces.get(0).getParent())) {
      Path target = set.drives.getFirst().resolve(other.drives.getFirst().relativize(file));
      Process copy =
          new ProcessBuilder("cp", "-r", file + "/.", Files.createDirectories(target).toString())
              .start();
      assertThat(copy.waitFor()).isZero();
    }
    Ended ended = run(set);
    assertThat(ended).extracting(Ended::code, Ended::err).containsExactly(0, "");
    try (var folders = Files.list(temporary.resolve("fieldlift"))) {
      List<Path> all = folders.sorted().toList();
      assertThat(all).hasSize(2);
      assertThat(all.getFirst().getFileName().toString()).startsWith("microscope-v2026.1.0-");
      assertThat(all.getLast().getFileName().toString()).startsWith("microscope-v2026.2.0-");
      for (Path one : all) assertThat(snapshot(one)).isEqualTo(snapshot(set.tree()));
    }
  }

  @Test
  void aSecondRunOverwritesNothing() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    run(set, "-o", out());
    Ended again = run(set, "-o", out());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("exists already");
    assertThat(snapshot(unpacked())).isEqualTo(snapshot(set.tree()));
  }

  @Test
  void nothingIsEverWrittenToTheDrive() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path drive = set.drives.getFirst();
    Map<String, String> before = snapshot(drive);
    for (String inside : List.of("FIELDLIFT", "new", "new/one")) {
      Ended ended = run(set, "-o", drive.resolve(inside).toString());
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("drives are only read");
    }
    assertThat(run(set, "-o", drive.toString()).code()).isEqualTo(1);
    assertThat(snapshot(drive)).isEqualTo(before);
  }

  @Test
  void wrongUseIsExplained() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    assertThat(run(set, "--fast").err()).contains("There is no option --fast.");
    assertThat(run(set, "-o").code()).isEqualTo(2);
    assertThat(run(set, temporary.resolve("nowhere").toString()).code()).isEqualTo(2);
    assertThat(run(set, set.tree().toString()).err()).contains("is not a drive Fieldlift wrote");
    assertThat(run(set, "--key", "no.pub").err()).contains("There is no key file no.pub.");
    assertThat(run(set, "--help").out()).contains("Usage: sh import.sh");
  }

  @Test
  void aSignatureThatDoesNotHoldStopsTheImport() throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path key = Files.writeString(temporary.resolve("lab.pub"), "a key");
    Path cosign = Files.createDirectories(temporary.resolve("bin")).resolve("cosign");
    Files.writeString(cosign, "#!/bin/sh\nprintf '%s\\n' \"$*\" >&2\n[ -e \"$0.accepts\" ]\n");
    assertThat(cosign.toFile().setExecutable(true)).isTrue();
    Ended refused = run(set, "--key", key.toString(), "-o", out());
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("Not genuine").contains(key.toString());
    assertNothingUnpacked();
    Files.createFile(temporary.resolve("bin/cosign.accepts"));
    Ended accepted = run(set, "--key", key.toString(), "-o", out());
    assertThat(accepted.code()).isZero();
    assertThat(accepted.out()).contains("The signature is by " + key).doesNotContain("NOT checked");
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    assumeTrue(isHere("shellcheck"), "shellcheck is not installed, so import.sh is not linted");
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Path script = set.drives.getFirst().resolve("import.sh");
    assertThat(run(List.of("shellcheck", "-s", "dash", script.toString())))
        .extracting(Ended::code, Ended::out)
        .containsExactly(0, "");
  }

  /// A drive whose pieces hold another tree than its `release.json` lists.
  private ScriptDrives withArchiveOf(Path tree) throws Exception {
    ScriptDrives set = new ScriptDrives(temporary, 1);
    Process tar = new ProcessBuilder("tar", "czf", "-", "-C", tree.toString(), ".").start();
    byte[] archive = tar.getInputStream().readAllBytes();
    Path piece =
        set.drives.getFirst().resolve("FIELDLIFT/pieces/" + Digest.of(archive).hex() + ".000");
    Files.write(piece, archive);
    Files.writeString(
        set.releaseFolder().resolve("SHA256SUMS"),
        Digest.of(archive).hex() + "  ../../pieces/" + piece.getFileName() + "\n");
    return set;
  }

  private void refused(ScriptDrives set, int code, String words) throws Exception {
    Ended ended = run(set, "-o", out());
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.err()).contains(words);
    assertNothingUnpacked();
  }

  private void assertNothingUnpacked() {
    assertThat(unpacked()).doesNotExist();
    assertThat(temporary).isDirectoryNotContaining("glob:**/.fieldlift-import*");
  }

  private String out() {
    return unpacked().toString();
  }

  private Path unpacked() {
    return temporary.resolve("un packed");
  }

  private static String script(ScriptDrives set) {
    return set.drives.getFirst().resolve("import.sh").toString();
  }

  private Ended run(ScriptDrives set, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add("dash");
    command.add(script(set));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("HOME", temporary.toString());
    Path bin = temporary.resolve("bin");
    builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    Path err = temporary.resolve("err.txt");
    builder.redirectError(err.toFile());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private static Map<String, String> snapshot(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var paths = Files.walk(root)) {
      for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
        String what =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path)
                : Files.isDirectory(path) ? "folder" : Digest.of(path).hex();
        all.put(root.relativize(path).toString(), what);
      }
    }
    return all;
  }

  private static boolean isHere(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) return true;
    }
    return false;
  }
}
