package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Drives that misbehave, on the kernel's own block devices: what the user is told, and what is on
/// the drive afterwards.
@ExtendWith(FaultTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyDriveTest {
  private static final Pattern CODE = Pattern.compile("(FL-\\w{6}): safe to pull out");

  private final List<FaultyDrive> plugged = new ArrayList<>();
  private Path folder;
  private Fieldlift station;

  @BeforeAll
  void aStationWithARelease(@TempDir Path forAllTests) throws IOException {
    FaultyDrive.needed();
    folder = forAllTests;
    Lab lab = Lab.in(folder, 6);
    station = lab.station();
    station.run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
  }

  @AfterEach
  void letGo() {
    plugged.forEach(FaultyDrive::close);
    plugged.clear();
  }

  /// The one that never answers decides how long this takes: three minutes.
  @Test
  void sixDrivesAtOnceAreJudgedEachByItself() throws IOException {
    int writtenBefore = ledger("drive-written").size();
    int failedBefore = ledger("drive-failed").size();
    FaultyDrive good = plug(Misbehaving.healthy(folder.resolve("good")));
    FaultyDrive worn = plug(new Misbehaving.Worn(folder.resolve("worn"), true, false));
    FaultyDrive unreadable = plug(new Misbehaving.Worn(folder.resolve("unreadable"), false, true));
    FaultyDrive forgetful = plug(new Misbehaving.Forgetful(folder.resolve("forgetful")));
    Misbehaving.Pulled inside = new Misbehaving.Pulled(folder.resolve("pulled"));
    FaultyDrive pulled = plug(inside);
    inside.onceReached(pulled::pullOut);
    Misbehaving.Silent nobody = new Misbehaving.Silent(folder.resolve("silent"));
    FaultyDrive silent = plug(nobody);

    Fieldlift.Running writing =
        station.begin(write(good, worn, unreadable, forgetful, pulled, silent));
    // The program cannot end while the kernel holds its last operation.
    String out = awaitWords(writing, "has not answered", Duration.ofMinutes(5));
    nobody.answer.countDown();
    Program.Said said = writing.end().refused(4, "safe to pull out");
    assertThat(said.err()).contains("(no answer for ");
    assertThat(out.lines().filter(line -> line.contains("safe to pull out"))).hasSize(1);

    told(
        said,
        "cannot be written at byte 20971520 (piece N of N): input/output error."
            + " Use another drive; this one is worn out or damaged.",
        worn,
        "input/output error at one sector, writing");
    told(
        said,
        "cannot be read at byte 20971520 (piece N of N): input/output error."
            + " Use another drive; this one is worn out or damaged.",
        unreadable,
        "input/output error at one sector, reading back");
    told(
        said,
        "is damaged (bytes N–N). Write this drive again; the others are fine.",
        forgetful,
        "a write dropped silently, old bytes returned");
    told(
        said,
        "answers with nothing but errors since piece N of N: it was pulled out, or it is broken."
            + " Plug it in and write this drive again; if that happens again, use another drive.",
        pulled,
        "vanished in the middle");
    told(
        said,
        "has not answered for 180 seconds."
            + " Pull it out and use another drive or port; the others are fine.",
        silent,
        "stopped answering in the middle");
    String code = codeOf(said);
    assertThat(station.run("drive", "show", good.device()).well().out()).contains(code);
    station.run("drive", "verify", good.device()).well();
    assertThat(ledger("drive-written").stream().skip(writtenBefore))
        .singleElement()
        .asString()
        .contains(code);
    assertThat(ledger("drive-failed").stream().skip(failedBefore))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("WRITE_ERROR"),
            line -> assertThat(line).contains("READ_ERROR"),
            line -> assertThat(line).contains("DIFFERENT_DATA"),
            line -> assertThat(line).contains("REMOVED"),
            line -> assertThat(line).contains("STALLED"));
    FaultTable.add(
        "drive: healthy, beside five that fail", lineOf(said, code), "complete, verifies");
  }

  @Test
  void aDriveThatDoesNotAnswerDoesNotHoldUpAWishToStop() throws Exception {
    Misbehaving.Silent nobody = new Misbehaving.Silent(folder.resolve("silent-and-stopped"));
    FaultyDrive silent = plug(nobody);
    Fieldlift.Running writing = attentive().begin(write(silent));
    nobody.reached.await();
    Program.run("kill", "-INT", writing.process().pid()).well();
    awaitWords(writing, "has not answered for ", Duration.ofSeconds(15));
    nobody.answer.countDown();
    Program.Said said = writing.end();
    assertThat(said.code()).isEqualTo(130);
    assertThat(said.out()).doesNotContain("safe to pull out");
    assertThat(nobody.isBlank()).isTrue();
    FaultTable.add("drive: stopped answering; Ctrl-C", lastLine(said), "blank");
  }

  @Test
  void aWishToStopLeavesABlankDriveAtOnce() throws Exception {
    Misbehaving.Silent slow = new Misbehaving.Silent(folder.resolve("slow-and-stopped"));
    FaultyDrive drive = plug(slow);
    Fieldlift.Running writing = attentive().begin(write(drive));
    slow.reached.await();
    Program.run("kill", "-INT", writing.process().pid()).well();
    slow.answer.countDown();
    assertThat(writing.process().waitFor(10, TimeUnit.SECONDS)).as("ended by itself").isTrue();
    Program.Said said = writing.end().refused(130, "Stopped. The drive is blank.");
    assertThat(said.out()).doesNotContain("safe to pull out");
    assertThat(slow.isBlank()).isTrue();
    FaultTable.add("drive: healthy; Ctrl-C", lastLine(said), "blank");
  }

  /// As worn cards do: they have become read-only and do not say so.
  @Test
  void aDriveThatKeepsNothingNewIsNotCalledWritten() throws IOException {
    Misbehaving.Stuck inside = new Misbehaving.Stuck(folder.resolve("stuck"));
    FaultyDrive stuck = plug(inside);
    String code = codeOf(station.run(write(stuck)).well());
    int before = ledger("drive-written").size();
    inside.isStuck = true;
    Program.Said said =
        station
            .run(write(stuck))
            .refused(
                4,
                "Drive "
                    + stuck.device()
                    + " does not keep what is written to it: its first sector still holds other"
                    + " bytes. It could not be blanked and may look like a finished drive. Use"
                    + " another drive; this one is worn out or damaged.");
    assertThat(said.out()).doesNotContain("safe to pull out");
    assertThat(station.run("drive", "show", stuck.device()).well().out()).contains(code);
    assertThat(ledger("drive-written")).hasSize(before);
    FaultTable.add("drive: drops every write", lastLine(said), "as it was, and said so");
  }

  @ParameterizedTest
  @CsvSource({"8589934592, true", "8000000000, false"})
  void aDriveThatClaimsATerabyteIsFoundOutBeforeItIsWritten(long room, boolean beginsAgain)
      throws IOException {
    Misbehaving.False inside =
        new Misbehaving.False(folder.resolve("false-" + beginsAgain), room, beginsAgain);
    FaultyDrive fake = plug(inside);
    int before = ledger("drive-written").size();
    Program.Said said =
        station
            .run(write(fake))
            .refused(4, "Drive " + fake.device() + " claims 1.0 TB, but has room for ");
    assertThat(said.out())
        .contains(
            " at most: its capacity is false."
                + " Do not use this drive; what is written beyond that is lost.")
        .doesNotContain("safe to pull out");
    assertThat(inside.isBlank()).isTrue();
    assertThat(inside.written).as("bytes before it was found").isLessThan(1 << 20);
    assertThat(ledger("drive-written")).hasSize(before);
    FaultTable.add(
        "drive: false capacity, " + (beginsAgain ? "begins again" : "ends early"),
        lastLine(said),
        "blank");
  }

  @Test
  void aFinishedDriveThatWoreOutIsSaidToHaveLostThatFile() throws IOException {
    Misbehaving.Worn inside = new Misbehaving.Worn(folder.resolve("worn-later"), false, false);
    FaultyDrive drive = plug(inside);
    String code = codeOf(station.run(write(drive)).well());
    inside.failsReads = true;
    Program.Said said =
        station.run("drive", "verify", drive.device()).refused(4, "on drive " + code);
    assertThat(numbered(said.out()))
        .contains(
            "is lost. Drive "
                + numbered(drive.device())
                + " cannot be read at byte N: input/output error."
                + " Use another drive; this one is worn out or damaged.");
    assertThat(said.out().lines().toList())
        .hasSize(2)
        .last()
        .isEqualTo(drive.device() + ": not right; signed by this station.");
    FaultTable.add("drive verify: input/output error at one sector", said, "told which file");

    drive.pullOut();
    Program.Said gone =
        station
            .run("drive", "verify", drive.device())
            .refused(4, "Drive " + drive.device() + " cannot be read at byte 0");
    FaultTable.add("drive verify: vanished", gone, "nothing");
  }

  /// Hears Ctrl-C also where these tests were started in the background, deaf to it.
  private Fieldlift attentive() {
    return station.through("env", "--default-signal=INT");
  }

  private FaultyDrive plug(Medium medium) throws IOException {
    FaultyDrive drive = FaultyDrive.of(medium);
    plugged.add(drive);
    return drive;
  }

  private static Object[] write(FaultyDrive... drives) {
    List<Object> command = new ArrayList<>(List.of("drive", "write", "-r", Lab.PRODUCT));
    command.addAll(List.of("--yes", "--each"));
    for (FaultyDrive drive : drives) command.addAll(List.of("--to", drive.device()));
    return command.toArray();
  }

  /// The user was told exactly this about the drive, and the drive is blank.
  private static void told(Program.Said said, String words, FaultyDrive drive, String fault)
      throws IOException {
    String line = lineOf(said, drive.device() + " ");
    assertThat(numbered(line)).endsWith(numbered(words)).doesNotContain("safe");
    assertThat(drive.medium().isBlank()).as(fault).isTrue();
    FaultTable.add("drive: " + fault, line, "blank");
  }

  private static String numbered(String words) {
    return words.replaceAll("\\d+", "N");
  }

  private static String lineOf(Program.Said said, String words) {
    return said.out()
        .lines()
        .filter(line -> line.startsWith("FL-") && line.contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(words + " in " + said));
  }

  private static String lastLine(Program.Said said) {
    return said.out().strip().lines().reduce((first, second) -> second).orElseThrow();
  }

  private static String codeOf(Program.Said said) {
    Matcher code = CODE.matcher(said.out());
    assertThat(code.find()).as(said.out()).isTrue();
    return code.group(1);
  }

  private List<String> ledger(String fact) throws IOException {
    Path export = folder.resolve("ledger.jsonl");
    Files.deleteIfExists(export);
    station.run("ledger", "export", export).well();
    station.run("ledger", "check").well();
    return Files.readAllLines(export).stream().filter(line -> line.contains(fact)).toList();
  }

  private static String awaitWords(Fieldlift.Running program, String words, Duration patience)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      String out = Files.readString(program.out());
      if (out.contains(words)) return out;
      assertThat(System.nanoTime() < end)
          .as("%s%n%s", out, Files.readString(program.err()))
          .isTrue();
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
