package org.fieldlift.acceptance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fieldlift.io.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Drives that somebody else had in hand: what is damaged, missing or forged is named, and never
/// comes into a stage store.
@ExtendWith(FaultTable.class)
class HostileDriveTest {
  private static final String MAP = "FIELDLIFT/drive.json";
  private static final int BOOT = (int) DriveImages.PARTITION;

  @TempDir static Path folder;
  private static Stranger stranger;
  private static Path image;
  private static Path drive;
  private static Path stages;

  private interface Attack {
    void on(Path drive) throws IOException;
  }

  @BeforeAll
  static void aDriveOfOurs() throws IOException {
    Lab lab = Lab.in(folder, 1);
    lab.station().run("release", "fetch", lab.packed("scope.forklift-bundle")).well();
    image = folder.resolve("drive.img");
    write(lab, image);
    drive = DriveImages.copyOut(image, folder.resolve("drive"));
    Path twin = folder.resolve("twin.img");
    write(lab, twin);
    DriveImages.copyOut(twin, folder.resolve("twin"));
    stages = Files.createDirectory(folder.resolve("stages"));
    stranger = Stranger.at(lab.station(), stages);
  }

  private static void write(Lab lab, Path to) {
    lab.station().run("drive", "write", "-r", Lab.PRODUCT, "--size", "64MB", "--to", to).well();
  }

  @Test
  void piecesThatAreNotTheRightOnesAreNamed() throws IOException {
    both("a piece cut off", at -> resize(piece(at), -1), "has", "cut off");
    both("a piece too long", at -> resize(piece(at), 1), "has", "cut off");
    both("a piece missing", at -> Files.delete(piece(at)), "is missing", "is missing");
    both("a byte of a piece changed", at -> flip(piece(at)), "is damaged", "is damaged");
    both("a link for a piece", HostileDriveTest::link, "is missing", "is missing");
    both("zeros for a piece", at -> Files.write(piece(at), new byte[5 << 20]), "", "Piece");
  }

  @Test
  void aMapThatLiesIsNotBelieved() throws IOException {
    Path unfinished = copy(at -> Files.delete(at.resolve(MAP)));
    stranger.refused(
        "no map", 4, "not a drive that Fieldlift finished", "drive", "verify", unfinished);
    stranger.refused("no map", 2, "is no release", Lab.importing(unfinished, stages));
    both("a map that is no JSON", text("gibberish"), 3, "cannot be read", "cannot be read");
    both("a map of 100 MB", at -> resize(at.resolve(MAP), 100 << 20), 3, "larger", "larger");
    both("a map 100 000 deep", text("{\"a\":" + "[".repeat(100_000)), 3, "deeper", "deeper");
    both("an unknown schema", set("schema", "fieldlift.drive/9"), 3, "unknown", "unknown");
    both("drive 2 of 1", map(json -> json.put("number", 2)), 3, "\"number\"", "\"number\"");
    both("an escape for a code", set("code", "\u001b[2J"), 3, "\"code\"", "\"code\"");
    both("a path upwards", map(HostileDriveTest::upwards), 3, "safe path", "safe path");
    both("a piece twice", map(json -> pieces(json).add(pieces(json).get(0))), "station", "");
    both("no pieces", map(json -> pieces(json).removeAll()), "station", "which pieces");
    both("pieces swapped", map(HostileDriveTest::swapped), "changed since", "");
    both("another release", map(HostileDriveTest::renamed), "does not list", "No drive at hand");
    checked("a list that says nothing", map(json -> json.putArray("files")), "does not list all");
    checked("a changed name", set("station", "somebody"), "changed since this station signed it");
  }

  @Test
  void whatWasSignedDecides() throws IOException {
    both("a changed release.json", at -> flip(release(at)), "damaged", "is damaged");
    both("no release.json", at -> Files.delete(release(at)), "missing", "release.json");
    Attack unsigned = at -> Files.delete(Path.of(release(at) + ".sigstore.json"));
    both("no signature", unsigned, "is missing", "Nobody signed it");
    Path twin = folder.resolve("twin");
    Object[] two = {"stage", "import-bundle", drive, twin, "--stage-store", stages};
    stranger.refused("drives of two sets", 4, "different sets", two);
    stranger.refused(
        "no drive at all", 2, "There is nothing at", Lab.importing(folder.resolve("none"), stages));
  }

  @Test
  void aVolumeThatLiesIsRefused() throws IOException {
    volume("zeros for a boot sector", at -> overwrite(at, BOOT, new byte[512]), "no FAT32");
    volume("an empty file", at -> truncate(at, 0), "");
    volume("a drive cut in half", at -> truncate(at, 32_000_000), "cut short");
    volume("cut in its first sector", at -> truncate(at, 300), "");
    volume("noise all over", at -> overwrite(at, 0, noise(8 << 20)), "");
    volume("noise for a table", at -> overwrite(at, table(at), noise(1 << 16)), "");
    volume("a table of ones", at -> overwrite(at, table(at), filled(1 << 16, (byte) 1)), "");
    volume("clusters of no bytes", at -> overwrite(at, BOOT + 13, new byte[1]), "");
    volume("more than the drive", at -> overwrite(at, BOOT + 32, filled(4, (byte) -1)), "larger");
    volume("a root nowhere", at -> overwrite(at, BOOT + 44, filled(4, (byte) 0x0F)), "no sense");
  }

  private static void both(String attack, Attack how, String check, String words)
      throws IOException {
    both(attack, how, 4, check, words);
  }

  /// At the station that checks the drive, and at the device that imports from it.
  private static void both(String attack, Attack how, int code, String check, String words)
      throws IOException {
    Path copy = copy(how);
    stranger.refused(attack, code, check, "drive", "verify", copy);
    stranger.refusedAnyhow(attack, words, Lab.importing(copy, stages));
  }

  private static void checked(String attack, Attack how, String words) throws IOException {
    stranger.refused(attack, 4, words, "drive", "verify", copy(how));
  }

  private static void volume(String attack, Attack how, String words) throws IOException {
    Path forged = folder.resolve("forged.img");
    Leftovers.delete(forged);
    Program.run("cp", "--sparse=always", image, forged).well();
    how.on(forged);
    stranger.refused(attack, 4, words, "drive", "verify", forged);
  }

  private static Path copy(Attack how) throws IOException {
    Path copy = folder.resolve("copy");
    Leftovers.delete(copy);
    Program.run("cp", "-a", drive, copy).well();
    how.on(copy);
    return copy;
  }

  private static Attack text(String json) {
    return at -> Files.writeString(at.resolve(MAP), json);
  }

  private static Attack set(String field, String value) {
    return map(json -> json.put(field, value));
  }

  private static Attack map(Consumer<ObjectNode> change) {
    return at -> {
      Path file = at.resolve(MAP);
      ObjectNode json = Json.readObject(Files.readAllBytes(file), MAP);
      change.accept(json);
      Files.write(file, Json.write(json));
    };
  }

  private static ArrayNode pieces(ObjectNode map) {
    return (ArrayNode) map.get("releases").get(0).get("pieces");
  }

  private static void swapped(ObjectNode map) {
    pieces(map).add(pieces(map).remove(0));
  }

  private static void renamed(ObjectNode map) {
    ((ObjectNode) map.get("releases").get(0)).put("id", "0".repeat(64));
  }

  private static void upwards(ObjectNode map) {
    ((ObjectNode) map.get("files").get(0)).put("path", "../../etc/passwd");
  }

  /// The largest piece.
  private static Path piece(Path drive) throws IOException {
    try (Stream<Path> pieces = Files.list(drive.resolve("FIELDLIFT/pieces"))) {
      List<Path> all = pieces.sorted((one, two) -> Long.compare(size(two), size(one))).toList();
      return all.getFirst();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static Path release(Path drive) throws IOException {
    try (Stream<Path> releases = Files.list(drive.resolve("FIELDLIFT/releases"))) {
      return releases.findFirst().orElseThrow().resolve("release.json");
    }
  }

  private static void link(Path drive) throws IOException {
    Path piece = piece(drive);
    Files.move(piece, drive.resolve("elsewhere"));
    Files.createSymbolicLink(piece, Path.of("../../elsewhere"));
  }

  private static void resize(Path file, int by) throws IOException {
    truncate(file, Files.size(file) + by);
  }

  private static void truncate(Path file, long size) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size);
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      open.write(bytes);
    }
  }

  /// Where the first table begins, from the boot sector's count of reserved sectors.
  private static long table(Path image) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(image.toFile(), "r")) {
      open.seek(BOOT + 14);
      return BOOT + 512L * (open.read() | open.read() << 8);
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new java.util.SplittableRandom(7).nextBytes(noise);
    return noise;
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }
}
