package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.fieldlift.io.Json;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A `release.json` that was made to do harm and is signed by somebody the station trusts: fetching
/// and importing say what is wrong, and nothing is kept.
@ExtendWith(FaultTable.class)
class HostileManifestTest {
  private static final int LARGEST = 24 << 20;

  @TempDir static Path folder;
  private static Lab lab;
  private static SigningKey key;
  private static Path release;
  private static Stranger stranger;
  private static Path stages;
  private static int attacks;

  private interface Attack {
    Forgery on(Forgery release) throws IOException;
  }

  @BeforeAll
  static void aReleaseToForge() throws IOException {
    lab = Lab.in(folder, 0);
    key = SigningKey.open(folder.resolve("lab.key"), "secret".toCharArray());
    release = lab.packed("scope.forklift-bundle");
    lab.station().run("release", "fetch", release).well();
    stages = Files.createDirectory(folder.resolve("stages"));
    lab.station().run(Lab.importing(release, stages)).well();
    stranger = Stranger.at(lab.station(), stages);
  }

  @BeforeEach
  void theStationFirst() {
    attacks = 0;
  }

  @Test
  void aDocumentThatIsNoneOfOursIsRefused() throws IOException {
    refused("no JSON at all", raw("gibberish"), "release.json cannot be read");
    refused("a list for an object", raw("[]"), "not a JSON object");
    refused("nothing but a version", raw("{\"version\":\"v1\"}"), "\"schema\"");
    refused(
        "schema and version only",
        raw("{\"schema\":\"fieldlift.release/1\",\"version\":\"v1\"}"),
        "\"kind\" must be a text");
    refused("unknown schema version", set("schema", "fieldlift.release/9"), "unknown format");
    refused("the same key twice", of -> of.signed(twice("sequence")), "Duplicate");
    refused("text behind the end", of -> of.signed(changed(text -> text + "{}")), "cannot be read");
    refused("nested 100 000 deep", raw("{\"entries\":" + "[".repeat(100_000)), "nested deeper");
    refused("a number of a million digits", raw("{\"sequence\":" + "9".repeat(1 << 20)), "more");
    refused("16 MB of empty objects", raw(filled("{\"entries\":[{}", ",{}", "]}")), "holds more");
    refused("16 MB of names", raw(names()), "holds more");
    refused("100 MB of JSON", raw(" ".repeat(100 << 20) + "{}"), "larger than anything");
  }

  @Test
  void aFieldThatIsNotWhatItShouldBeIsRefused() throws IOException {
    refused("a path for a product", set("product", "../../etc"), "\"product\"");
    refused("an escape in the product", set("product", "lab\u001b[31m"), "<U+001B>[31m");
    refused("a direction mark in the version", set("version", "v1\u202egnp"), "<U+202E>");
    refused("a negative sequence", manifest(json -> json.put("sequence", -1)), "\"sequence\"");
    refused("a time that is none", set("createdAt", "yesterday"), "\"createdAt\"");
    refused("a text for a flag", set("clean", "yes"), "\"clean\"");
    refused("a kind nobody knows", set("kind", "script"), "\"kind\"");
    refused("a platform that is none", set("platform", "linux"), "\"platform\"");
    refused(
        "a download outside",
        manifest(json ->
            json.putArray("downloads")
                .addObject()
                .put("url", "https://example.org/")
                .put("path", "../x")
                .put("sha256", "0".repeat(64))),
        "leads out of its folder");
  }

  @Test
  void aPathThatLeadsElsewhereIsRefused() throws IOException {
    refused("a path upwards", first("path", "../exports"), "not a path inside the release");
    refused("an absolute path", first("path", "/etc/passwd"), "not a path inside the release");
    refused("a dot in the path", first("path", "./exports"), "not a path inside the release");
    refused("an empty name", first("path", "a//b"), "not a path inside the release");
    refused("a NUL in the name", first("path", "a\0b"), "not valid Unicode");
    refused("half a character", of -> of.signed(escaped("\\ud800")), "not valid Unicode");
    refused("a name of 256 bytes", first("path", "a".repeat(256)), "longer than 255 bytes");
    refused("a file without its folder", first("path", "nowhere/x"), "not a listed folder");
    refused("a name that is ours", entries(HostileManifestTest::ours), "keeps for itself");
    refused("a path twice", entries(all -> all.insert(1, all.get(0).deepCopy())), "is repeated");
    refused("paths in another order", entries(all -> all.add(all.remove(1))), "not in its place");
    refused(
        "a file below a link", entries(HostileManifestTest::throughALink), "not a listed folder");
    refused("a link below a link", entries(HostileManifestTest::linkThroughALink), "not a listed");
  }

  @Test
  void anEntryThatIsNoFileFolderOrLinkIsRefused() throws IOException {
    refused("a device node", first("type", "block-device"), "\"type\"");
    refused("a pipe", first("type", "fifo"), "\"type\"");
    refused("a mode that is none", first("mode", "rwx"), "\"mode\"");
    refused("a link without target", entries(all -> link(all).remove("target")), "\"target\"");
    refused("a link with content", entries(all -> link(all).put("size", 5)), "\"size\"");
    refused("a folder with a target", first("target", "/etc"), "\"target\"");
    refused("a file of 2^60 bytes", entries(all -> file(all).put("size", 1L << 60)), "\"size\"");
    refused("a file of less than nothing", entries(all -> file(all).put("size", -1)), "\"size\"");
    refused("no entry at all", entries(ArrayNode::removeAll), "at least one entry");
    refused(
        "a digest in capitals",
        entries(all -> file(all).put("sha256", "AB".repeat(32))),
        "\"sha256\"");
  }

  @Test
  void aListThatIsNotTheArchiveIsRefused() throws IOException {
    refused("another digest", entries(all -> file(all).put("sha256", "0".repeat(64))), "content");
    refused("one byte more", entries(all -> grow(file(all), 1)), "not what was signed");
    refused("one byte less", entries(all -> grow(file(all), -1)), "not what was signed");
    refused("another mode", entries(all -> file(all).put("mode", "4755")), "not what was signed");
    refused(
        "another target", entries(all -> link(all).put("target", "/etc")), "not what was signed");
    refused("another name", entries(all -> file(all).put("path", "forklift-bundle.ymm")), "signed");
    refused("an entry too few", entries(all -> all.remove(all.size() - 1)), "goes on");
    refused("an entry too many", entries(all -> all.add(folderEntry("zzz"))), "zzz");
  }

  @Test
  void aLinkThatLeadsOutsideIsKeptAsItIsAndNeverFollowed() throws IOException {
    Path bundle = lab.bundle().resolve("exports");
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(bundle.resolve("absolute"), victim);
    Files.createSymbolicLink(bundle.resolve("upwards"), Path.of("../../../../victim"));
    Files.createSymbolicLink(bundle.resolve("through"), Path.of("upwards/x"));
    Path packed = lab.packed("links.forklift-bundle");
    StageStore store = new StageStore(folder.resolve("link-stages"), lab.bundle());
    Program.Said said = stranger.run(Lab.importing(packed, store.folder())).well();
    store.assertHolds();
    assertThat(victim).hasContent("precious");
    FaultTable.add("absolute and escaping links in a bundle", said, "kept as they are");
    for (String name : List.of("absolute", "upwards", "through"))
      Files.delete(bundle.resolve(name));
  }

  /// By turns to a station that fetches and to a device that imports.
  private static void refused(String attack, Attack how, String words) throws IOException {
    Path copy = folder.resolve("copy");
    Forgery forgery = how.on(Forgery.of(release, copy, key));
    Object[] fetching = {"release", "fetch", copy};
    boolean isEven = attacks++ % 2 == 0;
    stranger.refused(attack, 3, words, isEven ? fetching : Lab.importing(copy, stages));
    Leftovers.delete(forgery.folder());
  }

  private static Attack raw(String json) {
    return of -> of.signed(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Attack manifest(Consumer<ObjectNode> change) {
    return of -> of.manifest(change);
  }

  private static Attack set(String field, String value) {
    return manifest(json -> json.put(field, value));
  }

  private static Attack entries(Consumer<ArrayNode> change) {
    return of -> of.entries(change);
  }

  private static Attack first(String field, String value) {
    return entries(all -> ((ObjectNode) all.get(0)).put(field, value));
  }

  private static ObjectNode file(ArrayNode entries) {
    return named(entries, "forklift-bundle.yml");
  }

  private static ObjectNode link(ArrayNode entries) {
    return named(entries, "exports/profiles/current.yml");
  }

  private static ObjectNode named(ArrayNode entries, String path) {
    for (var entry : entries) {
      if (entry.get("path").stringValue().equals(path)) return (ObjectNode) entry;
    }
    throw new AssertionError("no entry " + path);
  }

  private static ObjectNode folderEntry(String path) {
    return Json.object().put("path", path).put("type", "directory").put("mode", "0755");
  }

  private static void ours(ArrayNode entries) {
    int place = 0;
    while (entries.get(place).get("path").stringValue().compareTo("fieldlift") < 0) place++;
    entries.insert(place, folderEntry("fieldlift"));
  }

  private static void throughALink(ArrayNode entries) {
    entries.insert(
        0,
        Json.object()
            .put("path", "a")
            .put("type", "symlink")
            .put("mode", "0777")
            .put("target", "/etc"));
    entries.insert(
        1,
        Json.object()
            .put("path", "a/passwd")
            .put("type", "file")
            .put("mode", "0644")
            .put("size", 0)
            .put("sha256", "0".repeat(64)));
  }

  private static void linkThroughALink(ArrayNode entries) {
    entries.insert(
        0,
        Json.object()
            .put("path", "a")
            .put("type", "symlink")
            .put("mode", "0777")
            .put("target", ".."));
    entries.insert(
        1,
        Json.object()
            .put("path", "a/b")
            .put("type", "symlink")
            .put("mode", "0777")
            .put("target", "/etc"));
  }

  private static void grow(ObjectNode file, int by) {
    file.put("size", file.get("size").longValue() + by);
  }

  private static byte[] changed(java.util.function.UnaryOperator<String> change)
      throws IOException {
    String text = Files.readString(release.resolve("release.json"));
    return change.apply(text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] twice(String key) throws IOException {
    return changed(
        text -> text.replaceFirst("\"" + key + "\"", "\"" + key + "\" : 1, \"" + key + "\""));
  }

  private static byte[] escaped(String unit) throws IOException {
    return changed(
        text -> text.replaceFirst("\"path\" : \"", "\"path\" : \"" + unit.replace("\\", "\\\\")));
  }

  private static String filled(String head, String unit, String tail) {
    return head + unit.repeat((LARGEST - head.length() - tail.length()) / unit.length()) + tail;
  }

  private static String names() {
    StringBuilder json = new StringBuilder("{\"a\":0");
    for (int i = 0; json.length() < LARGEST - 20; i++) json.append(",\"").append(i).append("\":0");
    return json.append('}').toString();
  }
}
