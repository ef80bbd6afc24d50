package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.io.Json;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Terminal escapes and direction marks wherever somebody else chooses the words: a person sees
/// them written out, a program gets valid JSON.
@ExtendWith(FaultTable.class)
class HostileTextTest {
  private static final String EVIL = "\u001b[31mred\u202etxt.exe\u009b2J\u0007\u200b";
  private static final String SHOWN = "<U+001B>[31mred<U+202E>txt.exe<U+009B>2J<U+0007><U+200B>";

  @TempDir static Path folder;
  private static Lab lab;
  private static Stranger stranger;
  private static Path release;
  private static Path drive;
  private static Path stages;

  @BeforeAll
  static void aReleaseFullOfThem() throws IOException {
    lab = Lab.in(folder, 1);
    Files.writeString(lab.bundle().resolve("exports/" + EVIL), EVIL);
    SigningKey key = SigningKey.open(folder.resolve("lab.key"), "secret".toCharArray());
    Path packed = lab.packed("scope.forklift-bundle");
    release = folder.resolve("evil" + EVIL + ".forklift-bundle");
    Forgery.of(packed, release, key).manifest(HostileTextTest::full);
    lab.station().run("release", "fetch", release).well();
    Path image = folder.resolve("drive.img");
    lab.station().run("drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", image).well();
    drive = DriveImages.copyOut(image, folder.resolve("drive" + EVIL));
    Path map = drive.resolve("FIELDLIFT/drive.json");
    ObjectNode json = Json.readObject(Files.readAllBytes(map), "drive.json");
    json.put("station", EVIL).put("set", EVIL).putArray("devices").add(EVIL);
    ((ObjectNode) json.get("releases").get(0)).put("product", EVIL).put("label", EVIL);
    Files.write(map, Json.write(json));
    stages = Files.createDirectory(folder.resolve("stages"));
    stranger = Stranger.at(lab.station(), stages);
  }

  @Test
  void aReleaseShowsThemWrittenOut() throws IOException {
    shown("notes and folder", stranger.run("release", "show", release).well());
    json(stranger.run("release", "show", "--json", release).well());
    stranger.run("release", "verify", release).well();
    json(stranger.run("release", "verify", "--json", release).well());
    json(stranger.run("release", "list", "--json").well());
    Files.write(anyPart(release), new byte[1]);
    shown("a damaged part of it", stranger.run("release", "verify", release).refused(3, SHOWN));
    shown("no release", stranger.run("release", "show", release + "x").refused(2, SHOWN));
  }

  @Test
  void aDriveShowsThemWrittenOut() throws IOException {
    shown("station, devices and releases", stranger.run("drive", "show", drive).well());
    json(stranger.run("drive", "show", "--json", drive).well());
    Program.Said verify = stranger.run("drive", "verify", drive).refused(4, "changed since");
    assertThat(verify.out()).contains("FL-");
    json(stranger.run("drive", "verify", "--json", drive));
    Path other = Files.createDirectory(folder.resolve("empty" + EVIL));
    shown("a folder that is no drive", stranger.run("drive", "verify", other).refused(4, SHOWN));
    shown("no drive at all", stranger.run("drive", "show", other + "x").refused(2, SHOWN));
    List<Object> importing = new ArrayList<>(List.of(Lab.importing(drive, stages)));
    stranger.refused("images it does not bring", 4, "is no image reference", importing.toArray());
    importing.addAll(List.of("--images", "none"));
    Program.Said imported = stranger.run(importing.toArray()).well();
    assertThat(imported.out()).contains("Imported");
    assertThat(stages.resolve("1/exports/" + EVIL)).hasContent(EVIL);
    FaultTable.add("escapes in a file's name", imported, "imported as it is, shown written out");
  }

  @Test
  void anotherStationsWordsAreWrittenOut() throws IOException {
    Fieldlift other = Fieldlift.at(folder.resolve("other"));
    other.run("device", "add", "D1", "--name", EVIL, "--site", EVIL).well();
    other.run("device", "add", "D2", "--name", "=1+2", "--site", "@x").well();
    Path events = folder.resolve("events");
    other.run("ledger", "export", events).well();
    lab.station().run("ledger", "import", events).well();
    shown("a device's name", stranger.run("device", "list").well());
    json(stranger.run("device", "list", "--json").well());
    json(stranger.run("manifest", "show", "--json").well());
    stranger.run("manifest", "show").well();
    Path csv = folder.resolve("fleet.csv");
    Program.Said table = stranger.run("manifest", "export", "--format", "csv", csv).well();
    assertThat(csv).content().contains("D2,'=1+2,'@x,");
    FaultTable.add("a spreadsheet formula for a device's name", table, "a leading apostrophe");
    String before = Files.readString(events);
    Files.writeString(events, before.replace("device-added", EVIL));
    stranger.refused("escapes in an event", 3, "Line 2", "ledger", "import", events);
    Files.writeString(events, before.replaceFirst("\"time\":\"20", "\"time\":\"30"));
    stranger.refused("an event of another time", 3, "Line 1", "ledger", "import", events);
    Files.writeString(events, before + before.lines().skip(1).findFirst().orElseThrow() + "x\n");
    stranger.refused("half an event", 3, "Line 4", "ledger", "import", events);
  }

  @Test
  void filesOfOtherPeopleAreWrittenOut() throws IOException {
    Path csv =
        Files.writeString(folder.resolve("devices" + EVIL + ".csv"), "id," + EVIL + "\n1,2\n");
    shown("a column", stranger.run("device", "import", csv).refused(2, SHOWN));
    Path bundle = Files.writeString(folder.resolve("f" + EVIL), "{\"mediaType\":\"" + EVIL + "\"}");
    Object[] question = {
      "trust", "verify-blob", "--bundle", bundle, "--key", folder.resolve("lab.pub"), bundle
    };
    stranger.refused("escapes in a bundle", 3, "Not genuine", question);
    question[5] = bundle;
    shown("no key", stranger.run(question).refused(2, SHOWN));
    Path rule = lab.station().home().resolve("trust/policies/" + EVIL);
    Files.writeString(rule, "product: x");
    shown("a rule's file name", stranger.run("release", "verify", Lab.PRODUCT).refused(3, SHOWN));
    Files.delete(rule);
  }

  private static void full(ObjectNode json) {
    json.put("notes", "# New\n" + EVIL + "\n")
        .putArray("images")
        .addObject()
        .put("reference", EVIL)
        .put("platform", "linux/arm64")
        .put("manifest", "0".repeat(64))
        .put("config", "0".repeat(64));
  }

  private static void shown(String where, Program.Said said) {
    assertThat(said.out() + said.err()).contains(SHOWN);
    FaultTable.add("escapes and direction marks: " + where, said, "written out");
  }

  /// Valid JSON that says the very words, though none of them is in it as it is.
  private static void json(Program.Said said) {
    JsonMapper.builder().build().readTree(said.out());
  }

  private static Path anyPart(Path form) throws IOException {
    try (Stream<Path> parts = Files.list(form.resolve("parts"))) {
      return parts.findFirst().orElseThrow();
    }
  }
}
