package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
  @TempDir Path temporary;
  private Path bundle;

  @BeforeEach
  void makeBundle() throws Exception {
    bundle = Trees.folder(temporary, "bundle", 0755);
    Trees.file(bundle, "forklift-bundle.yml", "as it was");
    Trees.file(bundle, "caches/old", "left from before");
    Trees.file(bundle, "packages/old", "not a cache");
  }

  @Test
  void aBundleAndCachesElsewhereArePackedAsIfTheyLayTogether() throws Exception {
    Path pallets = Trees.folder(temporary, "workspace/pallets", 0700);
    Trees.file(pallets, "github.com/a/b@v1/run", 0755, "run".getBytes(UTF_8));
    Trees.link(pallets, "github.com/link", "a//b/../nowhere");
    Path blob = Trees.file(temporary, "somewhere/blob", 0444, Trees.noise(5 << 20, 1));
    Packed grafted =
        Packed.of(
            Tree.EMPTY
                .folder("", bundle, Set.of("caches"))
                .bytes("forklift-bundle.yml", 0600, "rewritten".getBytes(UTF_8))
                .folder("caches/pallets", pallets)
                .file("caches/images/blobs/sha256/ab", blob, Digest.of(blob))
                .directory("caches/images", 02750));
    Path together = Trees.folder(temporary, "together", 0755);
    Trees.file(together, "forklift-bundle.yml", 0600, "rewritten".getBytes(UTF_8));
    Trees.file(together, "packages/old", "not a cache");
    Trees.file(together, "caches/pallets/github.com/a/b@v1/run", 0755, "run".getBytes(UTF_8));
    Trees.link(together, "caches/pallets/github.com/link", "a//b/../nowhere");
    Trees.file(together, "caches/images/blobs/sha256/ab", 0444, Files.readAllBytes(blob));
    Trees.folder(together, "caches/images", 02750);
    assertThat(grafted.entries()).isEqualTo(Packed.of(together).entries());
    assertThat(grafted.archive()).isEqualTo(Packed.of(together).archive());
  }

  @Test
  void foldersNobodyGaveAreThereWithAnOrdinaryMode() throws Exception {
    Path empty = Trees.folder(temporary, "empty", 0700);
    Tree tree = Tree.EMPTY.folder("a/b", empty).bytes("c/d/e", 0644, new byte[0]);
    assertThat(ArchiveWriter.scan(tree))
        .containsExactly(
            directory("a"), directory("a/b"), directory("c"), directory("c/d"), file("c/d/e"));
  }

  @Test
  void whatIsLeftOutMayLieInAFolderAndIsLeftOutWhole() throws Exception {
    Trees.file(bundle, "packages/deep/er", "gone");
    Trees.file(bundle, "packages/deeper", "stays");
    Tree tree = Tree.EMPTY.folder("x", bundle, Set.of("packages/deep", "caches", "no such"));
    assertThat(ArchiveWriter.scan(tree))
        .extracting(Entry::path)
        .containsExactly(
            "x", "x/forklift-bundle.yml", "x/packages", "x/packages/deeper", "x/packages/old");
  }

  @Test
  void aFileOfAFolderNeverReplacesAnother() throws Exception {
    Path other = Trees.folder(temporary, "other", 0755);
    Trees.file(other, "old", "another");
    refuses(Tree.of(bundle).folder("packages", other), "Two different things", "\"packages/old\"");
  }

  @Test
  void aFileNeverReplacesAFolderOrALink() throws Exception {
    Trees.link(bundle, "link", "packages/old");
    refuses(Tree.of(bundle).bytes("packages", 0644, new byte[1]), "\"packages\"");
    refuses(Tree.of(bundle).bytes("link", 0644, new byte[1]), "\"link\"");
  }

  @Test
  void aDirectoryMayBeGivenAgainButNotWithAnotherMode() throws Exception {
    assertThat(ArchiveWriter.scan(Tree.of(bundle).directory("packages", 0755)))
        .isEqualTo(ArchiveWriter.scan(Tree.of(bundle)));
    refuses(Tree.of(bundle).directory("packages", 0700), "\"packages\"");
    refuses(Tree.of(bundle).directory("packages/old", 0755), "\"packages/old\"");
  }

  @Test
  void nothingIsPackedThroughALinkOrOutsideTheArchive() throws Exception {
    Trees.link(bundle, "link", "/etc");
    refuses(Tree.of(bundle).bytes("link/passwd", 0644, new byte[1]), "not a listed folder");
    for (String path : new String[] {"../x", "/x", "a//x", "a/./x", ""}) {
      refuses(Tree.of(bundle).bytes(path, 0644, new byte[1]), "not a path inside the release");
    }
  }

  @Test
  void aLinkIsNoFileToBePacked() throws Exception {
    Trees.link(temporary, "link", "bundle/forklift-bundle.yml");
    refuses(Tree.EMPTY.file("file", temporary.resolve("link")), "it is not a file");
  }

  @Test
  void whatIsNotThereIsNamed() {
    refuses(Tree.EMPTY.folder("a", temporary.resolve("none")), "There is nothing at", "none");
    refuses(Tree.EMPTY.file("a", temporary.resolve("none")), "There is nothing at", "none");
  }

  @Test
  void aBlobThatIsNotWhatItsNameProvesIsRefused() throws Exception {
    Path blob = Trees.file(temporary, "blob", "swapped");
    Tree tree = Tree.EMPTY.file("blob", blob, Digest.of("right".getBytes(UTF_8)));
    assertThatThrownBy(() -> Packed.of(tree))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("\"blob\" is damaged");
  }

  @Test
  void laterChangesOfGivenBytesAreNotPacked() throws Exception {
    byte[] given = "given".getBytes(UTF_8);
    Tree tree = Tree.EMPTY.bytes("a", 0644, given);
    given[0] = 'G';
    assertThat(Packed.of(tree).entries())
        .extracting(Entry::sha256)
        .containsExactly(Digest.of("given".getBytes(UTF_8)));
  }

  private static void refuses(Tree tree, String... words) {
    assertThatThrownBy(() -> ArchiveWriter.scan(tree))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.what()).contains(words));
  }

  private static Entry directory(String path) {
    return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null);
  }

  private static Entry file(String path) {
    return new Entry(path, Entry.Type.FILE, 0644, 0, null, null);
  }
}
