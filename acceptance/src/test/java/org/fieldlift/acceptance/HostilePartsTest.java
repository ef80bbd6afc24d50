package org.fieldlift.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;

/// Archives and their parts, cut, swapped, repeated, left out, added, or of another release: what
/// was signed decides, and nothing is kept.
@ExtendWith(FaultTable.class)
class HostilePartsTest {
  private static final int BOMB = 512 << 20;
  private static final int SMALL = 0;
  private static final int LARGE = 1;

  @TempDir static Path folder;
  private static Lab lab;
  private static SigningKey key;
  private static Path release;
  private static Path other;
  private static byte[] single;
  private static Stranger stranger;
  private static Path stages;
  private static int attacks;

  private interface Attack {
    void on(Forgery release) throws IOException;
  }

  @BeforeAll
  static void aReleaseToForge() throws IOException {
    lab = Lab.in(folder, 2);
    key = SigningKey.open(folder.resolve("lab.key"), "secret".toCharArray());
    other = lab.packed("other.forklift-bundle");
    Files.writeString(lab.bundle().resolve("exports/models/added"), "what the other has not");
    release = lab.packed("scope.forklift-bundle");
    single = Files.readAllBytes(lab.packed("scope.forklift-bundle.tar.gz"));
    stages = Files.createDirectory(folder.resolve("stages"));
    lab.station().run("release", "fetch", other).well();
    lab.station().run(Lab.importing(other, stages)).well();
    stranger = Stranger.at(lab.station(), stages);
  }

  @BeforeEach
  void theStationFirst() {
    attacks = 0;
  }

  @Test
  void partsThatAreNotTheRightOnesAreRefused() throws IOException {
    refused("a part cut off", of -> cut(of.parts().get(LARGE), -1), "cut off or too long");
    refused("a part too long", of -> cut(of.parts().get(LARGE), 1), "cut off or too long");
    refused("a part missing", of -> Files.delete(of.parts().get(LARGE)), "is missing");
    refused("a byte changed", of -> flip(of.parts().get(LARGE)), "is damaged");
    refused(
        "two parts swapped", of -> swap(of.parts().get(LARGE), of.parts().get(2)), "is damaged");
    refused("a part listed twice", of -> list(of, parts -> parts.add(parts.get(0))), "duplicates");
    refused("a part left out", of -> list(of, parts -> parts.remove(LARGE)), "not what was signed");
    refused(
        "the end left out",
        of -> list(of, parts -> parts.remove(parts.size() - 1)),
        "end of the archive");
    refused(
        "parts in another order", of -> list(of, parts -> parts.add(parts.remove(LARGE))), "sign");
    refused("parts of another release", HostilePartsTest::partsOfAnother, "not what was signed");
    refused("the list of another release", HostilePartsTest::listOfAnother, "another release");
    refused("an empty list", of -> list(of, ArrayNode::removeAll), "\"parts\"");
    refused("a part of 2^50 bytes", of -> of.parts(HostilePartsTest::huge), "\"size\"");
    refused("a folder for a part", HostilePartsTest::folderForPart, "is missing");
    refused("a link for a part", HostilePartsTest::linkForPart, "is missing");
    refused(
        "no list of parts", of -> Files.delete(of.folder().resolve("parts.json")), "is missing");
  }

  @Test
  void archivesThatHoldMoreThanWasSignedAreRefused() throws IOException {
    refused(
        "a bomb behind a part", of -> of.tar(SMALL, tar -> Arrays.copyOf(tar, BOMB / 4)), "sign");
    refused("a bomb for a part", of -> of.part(LARGE, zeros(of)), "not what was signed");
    refused(
        "an entry more", of -> of.tar(SMALL, tar -> join(tar, Arrays.copyOf(tar, 512))), "sign");
    refused("a device node", of -> of.tar(SMALL, tar -> typed(tar, '4')), "not what was signed");
    refused("a hard link", of -> of.tar(SMALL, tar -> typed(tar, '1')), "not what was signed");
    refused(
        "a path upwards", of -> of.tar(SMALL, tar -> named(tar, "../../x")), "not what was signed");
    refused("a gzip comment", HostilePartsTest::comment, "does not begin as");
    refused("no gzip", of -> of.part(LARGE, new byte[1000]), "does not begin as");
  }

  @Test
  void signaturesThatAreNotOverThisAreRefused() throws IOException {
    refused("no signature", of -> Files.delete(signature(of)), "Nobody signed it");
    refused("an empty signature", of -> Files.write(signature(of), new byte[0]), "Not genuine");
    refused(
        "another's signature", of -> Files.copy(signature(other), aside(signature(of))), "Not gen");
    refused("a changed release.json", of -> flip(of.folder().resolve("release.json")), "");
    refused("100 MB of signature", of -> cut(signature(of), 100 << 20), "larger than anything");
    refused(
        "a signature 9000 deep", of -> Files.writeString(signature(of), "[".repeat(9000)), "Not");
  }

  @Test
  void aSingleFileThatIsNotTheRightOneIsRefused() throws IOException {
    int head = single.length - archiveSize();
    byte[] garbage = "garbage".repeat(1000).getBytes();
    file("an empty file", new byte[0], "ends too early");
    file("no release at all", garbage, "does not begin as");
    file("cut off in its head", Arrays.copyOf(single, head / 2), "ends too early");
    file("cut off in a part", Arrays.copyOf(single, single.length / 2), "ends too early");
    file("cut off before its end", Arrays.copyOf(single, single.length - 40), "");
    file("without any part", Arrays.copyOf(single, head), "is missing");
    file("something behind its end", join(single, garbage), "behind its end");
    file("the same twice", join(single, single), "behind its end");
    byte[] bomb = Forgery.member(Arrays.copyOf(single, 10), new byte[BOMB / 4]);
    file("a bomb for a head", bomb, "");
    file("a bomb behind the head", join(Arrays.copyOf(single, head), plainBomb()), "not what was");
    Path tar = folder.resolve("any.tar.gz");
    Program.run("tar", "czf", tar, "-C", "/dev", "null", "zero").well();
    file("a tar of device nodes", Files.readAllBytes(tar), "does not begin as");
  }

  private static void refused(String attack, Attack how, String words) throws IOException {
    Path copy = folder.resolve("copy");
    how.on(Forgery.of(release, copy, key));
    refused(attack, copy, words);
  }

  private static void file(String attack, byte[] bytes, String words) throws IOException {
    refused(attack, Files.write(folder.resolve("forged.forklift-bundle.tar.gz"), bytes), words);
  }

  /// By turns to a station that fetches and to a device that imports.
  private static void refused(String attack, Path forged, String words) throws IOException {
    Object[] fetching = {"release", "fetch", forged};
    boolean isEven = attacks++ % 2 == 0;
    stranger.refused(attack, 3, words, isEven ? fetching : Lab.importing(forged, stages));
    Leftovers.delete(forged);
  }

  private static int archiveSize() throws IOException {
    long size = 0;
    for (Path part : new Forgery(release, key).parts()) size += Files.size(part);
    return (int) size;
  }

  private static void list(Forgery of, java.util.function.Consumer<ArrayNode> change)
      throws IOException {
    of.parts(json -> change.accept((ArrayNode) json.get("parts")));
  }

  private static void huge(tools.jackson.databind.node.ObjectNode json) {
    ((tools.jackson.databind.node.ObjectNode) json.get("parts").get(0)).put("size", 1L << 50);
  }

  private static void partsOfAnother(Forgery of) throws IOException {
    List<Path> theirs = new Forgery(other, key).parts();
    of.part(SMALL, Files.readAllBytes(theirs.get(SMALL)));
  }

  private static void listOfAnother(Forgery of) throws IOException {
    Path list = of.folder().resolve("parts.json");
    Files.write(list, Files.readAllBytes(other.resolve("parts.json")));
  }

  private static void folderForPart(Forgery of) throws IOException {
    Path part = of.parts().get(LARGE);
    Files.delete(part);
    Files.createDirectory(part);
  }

  private static void linkForPart(Forgery of) throws IOException {
    Path part = of.parts().get(LARGE);
    Files.move(part, of.folder().resolve("elsewhere"));
    Files.createSymbolicLink(part, Path.of("../elsewhere"));
  }

  private static void comment(Forgery of) throws IOException {
    byte[] part = Files.readAllBytes(of.parts().get(LARGE));
    part[3] = 16;
    of.part(LARGE, part);
  }

  private static byte[] zeros(Forgery of) throws IOException {
    return Forgery.member(
        Arrays.copyOf(Files.readAllBytes(of.parts().get(LARGE)), 10), new byte[BOMB / 4]);
  }

  private static byte[] plainBomb() throws IOException {
    return zeros(new Forgery(release, key));
  }

  private static byte[] typed(byte[] tar, char type) {
    tar[156] = (byte) type;
    return tar;
  }

  private static byte[] named(byte[] tar, String name) {
    byte[] bytes = Arrays.copyOf(name.getBytes(), 100);
    System.arraycopy(bytes, 0, tar, 0, 100);
    return tar;
  }

  private static Path signature(Forgery of) {
    return signature(of.folder());
  }

  private static Path signature(Path form) {
    return form.resolve("release.json.sigstore.json");
  }

  private static Path aside(Path file) throws IOException {
    Files.delete(file);
    return file;
  }

  private static void cut(Path file, int by) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + by));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static void swap(Path one, Path two) throws IOException {
    byte[] kept = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(two));
    Files.write(two, kept);
  }

  private static byte[] join(byte[]... all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] bytes : all) out.writeBytes(bytes);
    return out.toByteArray();
  }
}
