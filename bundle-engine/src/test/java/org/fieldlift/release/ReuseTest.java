package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Parts;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReuseTest {
  @TempDir Path folder;
  private Path earlier;

  @BeforeEach
  void packAnEarlierRelease() throws IOException {
    earlier = folder.resolve("earlier.forklift-bundle");
    pack(tree(folder, "v1", 1, 2), earlier);
  }

  @Test
  void whatAnEarlierReleaseHoldsIsLinkedAndNotReadAgain() throws IOException {
    Tree tree = tree(folder, "v2", 2, 3);
    ReleasePacker.Packed anew = pack(tree, folder.resolve("anew"));
    Path changed = blob(folder, 2);
    Files.write(changed, new byte[(int) Files.size(changed)]);
    ReleasePacker.Packed packed = pack(tree, folder.resolve("reusing"), earlier);
    assertThat(packed.reused()).isEqualTo(part(earlier, "blob-2").size());
    assertThat(packed.signed().json()).isEqualTo(anew.signed().json());
    assertSame(folder.resolve("reusing"), folder.resolve("anew"));
    Path shared = file(folder.resolve("reusing"), "blob-2");
    assertThat(Files.isSameFile(shared, file(earlier, "blob-2"))).isTrue();
    assertThat(Files.getAttribute(shared, "unix:nlink")).isEqualTo(2);
  }

  @Test
  void aSingleFileIsTheSameToo() throws IOException {
    Tree tree = tree(folder, "v2", 1, 2, 3);
    pack(tree, folder.resolve("anew.tar.gz"));
    ReleasePacker.Packed packed = pack(tree, folder.resolve("reusing.tar.gz"), earlier);
    assertThat(packed.reused())
        .isEqualTo(part(earlier, "blob-1").size() + part(earlier, "blob-2").size());
    assertThat(folder.resolve("reusing.tar.gz"))
        .hasSameBinaryContentAs(folder.resolve("anew.tar.gz"));
  }

  @Test
  void onAnotherFileSystemThePartIsCopied() throws IOException {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
        "there is no second file system");
    Path elsewhere = Files.createTempDirectory(memory, "reuse");
    try {
      Tree tree = tree(folder, "v2", 1, 2);
      pack(tree, folder.resolve("anew"));
      Path output = elsewhere.resolve("reusing");
      assertThat(pack(tree, output, earlier).reused()).isPositive();
      assertSame(output, folder.resolve("anew"));
      assertThat(Files.getAttribute(file(output, "blob-1"), "unix:nlink")).isEqualTo(1);
    } finally {
      FolderFiles.delete(elsewhere);
    }
  }

  @Test
  void aDamagedPartNeverGetsIntoASingleFile() throws IOException {
    Samples.damage(file(earlier, "blob-1"));
    List<String> before = Samples.names(folder);
    assertThatThrownBy(() -> pack(tree(folder, "v2", 1), folder.resolve("new.tar.gz"), earlier))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("of an earlier release is damaged");
    assertThat(Samples.names(folder)).isEqualTo(before);
  }

  @Test
  void aDamagedPartThatWasLinkedIsFoundByWhoeverTakesTheReleaseIn() throws IOException {
    Samples.damage(file(earlier, "blob-1"));
    pack(tree(folder, "v2", 1), folder.resolve("new"), earlier);
    try (OpenRelease open = ReleaseForms.open(folder.resolve("new"))) {
      assertThatThrownBy(() -> Samples.check(open)).hasMessageContaining("is damaged");
    }
  }

  @Test
  void partsThatAreGoneOrCutOffOrLinksAreMadeAnew() throws IOException {
    Tree tree = tree(folder, "v2", 1, 2);
    pack(tree, folder.resolve("anew"));
    Files.write(file(earlier, "blob-1"), new byte[3]);
    Path moved = Files.move(file(earlier, "blob-2"), folder.resolve("moved"));
    Files.createSymbolicLink(file(earlier, "blob-2"), moved);
    assertThat(pack(tree, folder.resolve("reusing"), earlier).reused()).isZero();
    assertSame(folder.resolve("reusing"), folder.resolve("anew"));
  }

  @Test
  void anotherModeOrPathIsAnotherPart() throws IOException {
    Path blob = blob(folder, 1);
    Tree moved = Tree.EMPTY.file("elsewhere", blob, Digest.of(blob));
    assertThat(pack(moved, folder.resolve("moved"), earlier).reused()).isZero();
    Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("r--r--r--"));
    assertThat(pack(tree(folder, "v1", 1), folder.resolve("mode"), earlier).reused()).isZero();
  }

  @Test
  void aFileWhoseDigestNobodyProvedIsReadAndSoIsADamagedOne() throws IOException {
    Path blob = blob(folder, 1);
    Tree unproven = Tree.EMPTY.file("caches/images/blob-1", blob);
    assertThat(pack(unproven, folder.resolve("unproven"), earlier).reused()).isZero();
    Tree wrong = Tree.EMPTY.file("caches/images/blob-1", blob, Samples.digest(9));
    assertThatThrownBy(() -> pack(wrong, folder.resolve("wrong"), earlier))
        .hasMessageContaining("\"caches/images/blob-1\" is damaged");
  }

  @Test
  void aBlobThatIsGoneIsMissedAlthoughItsPartIsThere() throws IOException {
    Tree tree = tree(folder, "v2", 1);
    Files.delete(blob(folder, 1));
    assertThatThrownBy(() -> pack(tree, folder.resolve("new"), earlier))
        .hasMessageContaining("There is nothing at");
  }

  @Test
  void aListOfPartsThatBelongsToAnotherReleaseIsRefused() throws IOException {
    Path other = folder.resolve("other");
    pack(tree(folder, "v3", 1), other);
    Files.write(earlier.resolve("parts.json"), Files.readAllBytes(other.resolve("parts.json")));
    assertThatThrownBy(() -> pack(tree(folder, "v2", 1), folder.resolve("new"), earlier))
        .hasMessageContaining("belongs to another release");
  }

  @Test
  void whatIsNoDirectoryFormIsRefused() throws IOException {
    Path single = folder.resolve("single.tar.gz");
    pack(tree(folder, "v1", 1), single);
    for (Path no : List.of(single, folder, folder.resolve("nothing"))) {
      assertThatThrownBy(() -> pack(tree(folder, "v2", 1), folder.resolve("new"), no))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE))
          .hasMessageContaining("no release in directory form");
    }
  }

  @Property(tries = 12)
  void reusingGivesTheSameBytesAsMakingAllAnew(
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 5) Integer> before,
      @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 5) Integer> now,
      @ForAll boolean isSingle)
      throws IOException {
    Path place = Files.createTempDirectory("reuse");
    try {
      String ending = isSingle ? ".tar.gz" : "";
      pack(tree(place, "before", seeds(before)), place.resolve("before"));
      Tree tree = tree(place, "now", seeds(now));
      pack(tree, place.resolve("anew" + ending));
      long reused = pack(tree, place.resolve("reusing" + ending), place.resolve("before")).reused();
      assertThat(reused > 0).isEqualTo(now.stream().anyMatch(before::contains));
      assertSame(place.resolve("reusing" + ending), place.resolve("anew" + ending));
    } finally {
      FolderFiles.delete(place);
    }
  }

  private static int[] seeds(List<Integer> list) {
    return list.stream().distinct().mapToInt(Integer::intValue).toArray();
  }

  /// A manifest, and blobs that lie in a layout of their own.
  private static Tree tree(Path folder, String manifest, int... blobs) throws IOException {
    Tree tree = Tree.EMPTY.bytes("forklift-bundle.yml", 0644, manifest.getBytes());
    for (int seed : blobs) {
      Path blob = blob(folder, seed);
      if (!Files.exists(blob)) Samples.write(blob, content(seed));
      tree = tree.file("caches/images/blob-" + seed, blob, Digest.of(content(seed)));
    }
    return tree;
  }

  /// Every other one can be deflated.
  private static byte[] content(int seed) {
    byte[] content = Samples.random(seed, Samples.BLOB + seed);
    if (seed % 2 == 0) Arrays.fill(content, 1000, content.length, (byte) seed);
    return content;
  }

  private static Path blob(Path folder, int seed) {
    return folder.resolve("layout/" + seed);
  }

  private static ReleasePacker.Packed pack(Tree tree, Path output, Path... reuse)
      throws IOException {
    return ReleasePacker.pack(
        tree,
        Samples.draft("v1", 1),
        Samples::signature,
        List.of(reuse),
        output,
        new Progress("test"),
        new Cancellation());
  }

  /// The part that holds the blob, as the lists say.
  private static Part part(Path release, String blob) throws IOException {
    try (OpenRelease open = ReleaseForms.open(release)) {
      var entries = open.signed().release().entries();
      var contents = Parts.of(entries);
      for (int i = 0; i < contents.size(); i++) {
        if (contents.get(i).getFirst().path().endsWith(blob)) {
          return ((ListedRelease) open).parts().get(i);
        }
      }
    }
    throw new AssertionError(blob);
  }

  private static Path file(Path release, String blob) throws IOException {
    return release.resolve(FormFiles.part(part(release, blob)));
  }

  private static void assertSame(Path one, Path other) throws IOException {
    try (Stream<Path> all = Files.walk(other)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        assertThat(one.resolve(other.relativize(path).toString())).hasSameBinaryContentAs(path);
      }
    }
    if (Files.isDirectory(other)) {
      assertThat(Samples.names(one.resolve("parts")))
          .isEqualTo(Samples.names(other.resolve("parts")));
    }
  }
}
