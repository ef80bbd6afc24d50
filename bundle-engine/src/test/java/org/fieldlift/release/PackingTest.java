package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
  @TempDir Path folder;
  private Path tree;
  private Path single;
  private Path directory;

  @BeforeEach
  void packBothForms() throws IOException {
    tree = Samples.tree(folder.resolve("tree"), "v1", 1);
    single = folder.resolve("release.forklift-bundle.tar.gz");
    directory = folder.resolve("release.forklift-bundle");
    Samples.pack(tree, Samples.draft("v1", 1), single);
    Samples.pack(tree, Samples.draft("v1", 1), directory);
  }

  @Test
  void bothFormsHoldTheSameRelease() throws IOException {
    try (OpenRelease one = ReleaseForms.open(single);
        OpenRelease other = ReleaseForms.open(directory)) {
      assertThat(one.signed().json()).isEqualTo(other.signed().json());
      assertThat(one.signed().signature()).isEqualTo(Samples.signature(one.signed().json()));
      assertThat(one.archiveSize()).isEqualTo(other.archiveSize());
      PartList parts = Samples.check(one);
      assertThat(parts).isEqualTo(Samples.check(other));
      assertThat(parts.size()).isEqualTo(one.archiveSize());
      assertThat(parts.toJson()).isEqualTo(Files.readAllBytes(directory.resolve("parts.json")));
    }
  }

  @Test
  void packingTwiceGivesTheSameFile() throws IOException {
    Path again = folder.resolve("again.tar.gz");
    Samples.pack(tree, Samples.draft("v1", 1), again);
    assertThat(again).hasSameBinaryContentAs(single);
  }

  @Test
  void splitAndJoinedIsTheVeryFileThatWasPacked() throws IOException {
    Path split = folder.resolve("split.forklift-bundle");
    repack(single, split);
    assertThat(Samples.names(split)).isEqualTo(Samples.names(directory));
    for (String name : List.of("release.json", "parts.json", "SHA256SUMS")) {
      assertThat(split.resolve(name)).hasSameBinaryContentAs(directory.resolve(name));
    }
    assertThat(Samples.names(split.resolve("parts")))
        .isEqualTo(Samples.names(directory.resolve("parts")));
    Path joined = folder.resolve("joined.tar.gz");
    repack(split, joined);
    assertThat(joined).hasSameBinaryContentAs(single);
  }

  @Test
  void thePartsOneAfterTheOtherAreATarOfTheBundle() throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    List<String> sums = Files.readAllLines(directory.resolve("SHA256SUMS"));
    for (String line : sums) {
      String[] fields = line.split("  ", 2);
      Path part = directory.resolve(fields[1]);
      assertThat(Digest.of(part).hex()).isEqualTo(fields[0]);
      joined.write(Files.readAllBytes(part));
    }
    try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(joined.toByteArray()))) {
      String header = new String(tar.readNBytes(512), StandardCharsets.UTF_8);
      assertThat(header).startsWith("caches").contains("ustar");
    }
  }

  @Test
  void plainTarUnpacksASingleFileToTheBundleAndItsDescription() throws Exception {
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    Process tar =
        new ProcessBuilder("tar", "xzf", single.toString(), "-C", unpacked.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(tar.waitFor()).isZero();
    assertThat(unpacked.resolve("fieldlift/release.json"))
        .hasSameBinaryContentAs(directory.resolve("release.json"));
    assertThat(unpacked.resolve("caches/images/blob-1"))
        .hasSameBinaryContentAs(tree.resolve("caches/images/blob-1"));
    assertThat(Files.readSymbolicLink(unpacked.resolve("link"))).isEqualTo(Path.of("/nowhere"));
    assertThat(unpacked.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void aNewSignatureChangesNothingElse() throws IOException {
    byte[] before = Files.readAllBytes(directory.resolve("release.json"));
    byte[] other = "{\"other\":1}".getBytes(StandardCharsets.UTF_8);
    SignedRelease signed = ReleasePacker.sign(directory, json -> other);
    assertThat(ReleasePacker.sign(single, json -> other).id()).isEqualTo(signed.id());
    assertThat(directory.resolve("release.json")).hasBinaryContent(before);
    Path joined = folder.resolve("joined.tar.gz");
    repack(directory, joined);
    assertThat(single).hasSameBinaryContentAs(joined);
    try (OpenRelease open = ReleaseForms.open(single)) {
      assertThat(open.signed().signature()).isEqualTo(other);
      Samples.check(open);
    }
  }

  @Test
  void withoutASignerItIsUnsigned() throws IOException {
    for (String name : List.of("u.tar.gz", "u.forklift-bundle")) {
      Path output = folder.resolve(name);
      ReleasePacker.pack(
          Tree.of(tree),
          Samples.draft("v1", 1),
          null,
          output,
          new Progress(""),
          new Cancellation());
      try (OpenRelease open = ReleaseForms.open(output)) {
        assertThat(open.signed().signature()).isNull();
      }
    }
    assertThat(folder.resolve("u.forklift-bundle/release.json.sigstore.json")).doesNotExist();
  }

  @Test
  void oneOpaqueFileIsPackedUnderItsName() throws IOException {
    Path firmware = folder.resolve("pump.raucb");
    Files.write(firmware, Samples.random(5, 100_000));
    Release draft =
        new Release(
            Release.Kind.FILE,
            "acme/pump",
            "1.0",
            true,
            1,
            "any",
            Samples.CREATED,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    Samples.pack(firmware, draft, folder.resolve("pump.file.tar.gz"));
    try (OpenRelease open = ReleaseForms.open(folder.resolve("pump.file.tar.gz"))) {
      assertThat(open.signed().release().entries())
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.path()).isEqualTo("pump.raucb");
            assertThat(entry.sha256()).isEqualTo(Digest.of(firmware));
          });
      Samples.check(open);
    }
    assertThat(firmware).exists();
    assertThat(Samples.names(folder)).noneMatch(name -> name.contains("fieldlift-new"));
  }

  @Test
  void aDownloadGetsTheDigestOfTheFileThatWasPacked() throws IOException {
    Path output = folder.resolve("new.forklift-bundle");
    Release.Image image =
        new Release.Image(
            "a:1@sha256:b",
            "linux/arm64",
            Samples.digest(1),
            Samples.digest(2),
            Samples.digest(3),
            List.of());
    Release.Download download = Release.Download.unread("https://a/x", "caches/images/blob-1");
    Samples.pack(tree, draft(List.of(image), List.of(download)), output);
    try (OpenRelease open = ReleaseForms.open(output)) {
      Release release = open.signed().release();
      assertThat(release.images()).containsExactly(image);
      assertThat(release.downloads())
          .containsExactly(
              new Release.Download(
                  download.url(), download.path(), Digest.of(tree.resolve(download.path()))));
    }
  }

  @Test
  void aDownloadThatIsNoFileOfTheReleaseIsRefusedBeforeAnythingIsPacked() {
    for (String path : List.of("caches", "link", "caches/images/blob-2")) {
      Release draft = draft(List.of(), List.of(Release.Download.unread("https://a/x", path)));
      assertThatThrownBy(() -> Samples.pack(tree, draft, folder.resolve("new.tar.gz")))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessageContaining(path + " is no file of the release");
    }
  }

  @Test
  void aDownloadThatChangedSinceItCameIsRefused() {
    String path = "caches/images/blob-1";
    Release draft =
        draft(List.of(), List.of(new Release.Download("https://a/x", path, Samples.digest(9))));
    List<String> before = Samples.names(folder);
    assertThatThrownBy(() -> Samples.pack(tree, draft, folder.resolve("new.tar.gz")))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(path + " is not what was downloaded");
    assertThat(Samples.names(folder)).isEqualTo(before);
  }

  @Test
  void nothingIsEverOverwritten() {
    for (Path output : List.of(single, directory)) {
      assertThatThrownBy(() -> Samples.pack(tree, Samples.draft("v1", 1), output))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessageContaining("exists already");
    }
  }

  @Test
  void aStopLeavesNothingBehind() {
    Cancellation stopped = new Cancellation();
    stopped.cancel();
    List<String> before = Samples.names(folder);
    for (String name : List.of("new.tar.gz", "new.forklift-bundle")) {
      assertThatThrownBy(() ->
              ReleasePacker.pack(
                  Tree.of(tree),
                  Samples.draft("v1", 1),
                  null,
                  folder.resolve(name),
                  new Progress(""),
                  stopped))
          .isInstanceOf(Cancellation.Cancelled.class);
    }
    assertThat(Samples.names(folder)).isEqualTo(before);
  }

  @Test
  void aFailingSignerLeavesNothingBehind() {
    List<String> before = Samples.names(folder);
    assertThatThrownBy(() ->
            ReleasePacker.pack(
                Tree.of(tree),
                Samples.draft("v1", 1),
                json -> {
                  throw Problem.failed("No key.", "Find it.");
                },
                folder.resolve("new.tar.gz"),
                new Progress(""),
                new Cancellation()))
        .hasMessage("No key.");
    assertThat(Samples.names(folder)).isEqualTo(before);
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    String dead = "." + Integer.MAX_VALUE + "-0123abcd-1.fieldlift-new";
    Samples.write(folder.resolve("new.tar.gz" + dead), new byte[99]);
    Samples.write(folder.resolve("new.forklift-bundle" + dead + "/parts/part"), new byte[99]);
    Samples.pack(tree, Samples.draft("v1", 1), folder.resolve("new.tar.gz"));
    Samples.pack(tree, Samples.draft("v1", 1), folder.resolve("new.forklift-bundle"));
    assertThat(folder.resolve("new.tar.gz")).hasSameBinaryContentAs(single);
    assertThat(Samples.names(folder)).noneMatch(name -> name.contains("fieldlift-new"));
  }

  @Test
  void aDraftNobodyCouldReadIsRefusedBeforeAnythingIsPacked() {
    Release bad =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            "no good",
            "v1",
            true,
            1,
            "linux/arm64",
            Samples.CREATED,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertThatThrownBy(() -> Samples.pack(tree, bad, folder.resolve("new.tar.gz")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE))
        .hasMessageContaining("product");
  }

  @Test
  void aDamagedPartIsNamed() throws IOException {
    Part part = PartList.parse(Files.readAllBytes(directory.resolve("parts.json"))).parts().get(1);
    Path file = directory.resolve("parts/" + part.sha256().hex());
    Samples.damage(file);
    assertCheckFails(directory, "Part 2 of", part.sha256().brief(), "is damaged");
    Files.write(file, new byte[3]);
    assertCheckFails(directory, "Part 2 of", "cut off");
    Files.delete(file);
    assertCheckFails(directory, "Part 2 of", "is missing");
  }

  @Test
  void aDamagedSingleFileIsFound() throws IOException {
    Samples.damage(single);
    assertCheckFails(single, "not what was signed");
  }

  @Test
  void bytesBehindTheEndAreFound() throws IOException {
    Files.write(single, new byte[] {1}, StandardOpenOption.APPEND);
    assertCheckFails(single, "behind its end");
  }

  @Test
  void partsOfAnotherReleaseAreRefused() throws IOException {
    Path other = Samples.packed(folder.resolve("t2"), folder.resolve("o.forklift-bundle"), "v2");
    Files.copy(
        other.resolve("parts.json"),
        directory.resolve("parts.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> ReleaseForms.open(directory)).hasMessageContaining("another release");
  }

  @Test
  void whatIsNoReleaseIsSaidToBeNone() throws IOException {
    assertThatThrownBy(() -> ReleaseForms.open(tree)).hasMessageContaining("is no release");
    assertThatThrownBy(() -> ReleaseForms.open(folder.resolve("nothing")))
        .hasMessageContaining("is missing");
    Path text = folder.resolve("text.tar.gz");
    Files.writeString(text, "hello");
    assertThatThrownBy(() -> ReleaseForms.open(text)).isInstanceOf(Problem.class);
  }

  private static Release draft(List<Release.Image> images, List<Release.Download> downloads) {
    return new Release(
        Release.Kind.FORKLIFT_BUNDLE,
        Samples.PRODUCT,
        "v1",
        true,
        1,
        "linux/arm64",
        Samples.CREATED,
        null,
        List.of(),
        images,
        downloads,
        null);
  }

  private static void repack(Path from, Path to) throws IOException {
    try (OpenRelease open = ReleaseForms.open(from)) {
      ReleasePacker.repack(open, to, new Progress(""), new Cancellation());
    }
  }

  private static void assertCheckFails(Path release, String... words) throws IOException {
    try (OpenRelease open = ReleaseForms.open(release)) {
      assertThatThrownBy(() -> Samples.check(open))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.what()).contains(words));
    }
  }
}
