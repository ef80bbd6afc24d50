package org.fieldlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.Samples;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.store.ReleaseStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private Path share;
  private Source source;
  private ReleaseStore store;

  @BeforeEach
  void aShareWithTwoReleases() throws IOException {
    share = folder.resolve("share");
    Files.createDirectories(share.resolve("sub"));
    Samples.packed(folder.resolve("t1"), share.resolve("a.forklift-bundle"), "v1");
    Samples.packed(folder.resolve("t2"), share.resolve("sub/b.forklift-bundle.tar.gz"), "v2");
    source = SourceList.open(folder.resolve("sources.json")).add("share", share.toString());
    store = ReleaseStore.open(folder.resolve("store"));
  }

  @Test
  void releasesOfAnyFormAreFoundAndFetched() throws IOException {
    List<Offer> offers = source.look(cancellation);
    assertThat(offers)
        .extracting(Offer::path)
        .containsExactlyInAnyOrder("a.forklift-bundle", "sub/b.forklift-bundle.tar.gz");
    assertThat(source.faults()).isEmpty();
    for (Offer offer : offers) {
      SignedRelease head = source.head(offer, cancellation);
      source.fetch(offer, head, store, new Progress(""), cancellation);
    }
    assertThat(store.list()).hasSize(2);
  }

  @Test
  void aReleaseIsFoundWhateverItsFileIsCalled() throws IOException {
    Path packed = share.resolve("sub/b.forklift-bundle.tar.gz");
    Files.move(packed, share.resolve("scope.tar.gz"));
    Files.write(share.resolve("short.tar.gz"), new byte[3]);
    assertThat(source.look(cancellation))
        .extracting(Offer::path)
        .containsExactlyInAnyOrder("a.forklift-bundle", "scope.tar.gz");
    assertThat(source.faults()).isEmpty();
  }

  @Test
  void foreignAndHalfWrittenFilesAreNoReleasesAndDamagedOnesAreNamed() throws IOException {
    Files.writeString(share.resolve("photos.tar.gz"), "x");
    Files.writeString(share.resolve("._c.forklift-bundle.tar.gz"), "x");
    Files.writeString(share.resolve("c.forklift-bundle.tar.gz.fieldlift-new"), "x");
    Files.writeString(share.resolve("d.forklift-bundle.tar.gz"), "x");
    assertThat(source.look(cancellation)).hasSize(2);
    assertThat(source.faults()).singleElement().asString().startsWith("d.forklift-bundle.tar.gz:");
  }

  @Test
  void anIndexNamesWhatLiesDeeper() throws IOException {
    Path two = share.resolve("one/two");
    Path deep = two.resolve("three");
    Files.createDirectories(two);
    Samples.packed(folder.resolve("t3"), deep, "v3");
    assertThat(source.look(cancellation)).hasSize(2);
    ReleaseIndex.write(two, cancellation);
    Offer offer =
        ReleaseIndex.parse(Files.readAllBytes(two.resolve("index.json"))).offers().getFirst();
    Offer deeper =
        new Offer(
            offer.id(),
            offer.product(),
            offer.label(),
            offer.platform(),
            offer.sequence(),
            offer.size(),
            offer.createdAt(),
            "one/two/three");
    Files.write(share.resolve("index.json"), new ReleaseIndex(List.of(deeper)).toJson());
    assertThat(source.look(cancellation)).hasSize(3).contains(deeper);
    assertThat(source.head(deeper, cancellation).id()).isEqualTo(deeper.id());
  }

  @Test
  void aForeignIndexDoesNotHideTheReleases() throws IOException {
    for (String foreign : List.of("{\"name\": \"website\"}", "no JSON", "[]")) {
      Files.writeString(share.resolve("index.json"), foreign);
      assertThat(source.look(cancellation)).hasSize(2);
      assertThat(source.faults()).singleElement().asString().startsWith("index.json");
    }
  }

  @Test
  void aFolderThatMayNotBeLookedIntoDoesNotHideTheOthers() throws IOException {
    Path closed = share.resolve("lost+found");
    Files.createDirectory(closed, PosixFilePermissions.asFileAttribute(Set.of()));
    Assumptions.assumeFalse(Files.isReadable(closed), "needs a user who may not read everything");
    assertThat(source.look(cancellation)).hasSize(2);
    String words = "This user may not use " + closed + ".";
    assertThat(source.faults()).containsExactly(words);
    assertThat(ReleaseIndex.write(share, cancellation).faults()).containsExactly(words);
    Source itself = SourceList.open(folder.resolve("s2.json")).add("closed", closed.toString());
    assertThatThrownBy(() -> itself.look(cancellation))
        .isInstanceOf(Problem.class)
        .hasMessage(words);
  }

  @Test
  void theSignatureThatWasJudgedIsTheOneThatIsKept() throws IOException {
    Offer offer = source.look(cancellation).getFirst();
    SignedRelease judged = source.head(offer, cancellation);
    ReleasePacker.sign(share.resolve(offer.path()), json -> new byte[] {'x'});
    StoredRelease stored = source.fetch(offer, judged, store, new Progress(""), cancellation);
    assertThat(stored.signed().signature()).isEqualTo(judged.signature());
    assertThat(store.list().getFirst().signed().signature()).isEqualTo(judged.signature());
  }

  @Test
  void whatChangedSinceTheLookIsNotTaken() throws IOException {
    List<Offer> offers = source.look(cancellation);
    Offer swapped =
        new Offer(
            offers.getFirst().id(),
            "p",
            "v",
            "any",
            1,
            1,
            Samples.CREATED,
            offers.getLast().path());
    assertThatThrownBy(() -> source.head(swapped, cancellation))
        .hasMessageContaining("not the release it was");
  }

  @Test
  void aPathOutOfTheFolderIsRefused() {
    Offer evil = new Offer(Samples.digest(1), "p", "v", "any", 1, 1, Samples.CREATED, "../t1");
    assertThatThrownBy(() -> source.head(evil, cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("leads out");
  }

  @Test
  void aFolderThatIsGoneIsSaidToBe() throws IOException {
    Source gone = SourceList.open(folder.resolve("s2.json")).add("gone", folder + "/none");
    assertThatThrownBy(() -> gone.look(cancellation)).hasMessageContaining("is not there");
  }
}
