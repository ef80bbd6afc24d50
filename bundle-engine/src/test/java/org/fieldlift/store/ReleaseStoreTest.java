package org.fieldlift.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.PartList;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.Samples;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseStoreTest {
  private static Path packed;

  @TempDir Path folder;
  private Path root;
  private ReleaseStore store;
  private Path one;
  private Path other;

  @BeforeAll
  static void packTwoReleasesThatShareABlob(@TempDir Path once) throws IOException {
    packed = once;
    Samples.packed(once.resolve("t1"), once.resolve("one"), "v1", 1, 2);
    Samples.packed(once.resolve("t2"), once.resolve("other.tar.gz"), "v2", 1, 3);
  }

  @BeforeEach
  void openAnEmptyStore() throws IOException {
    root = folder.resolve("store");
    store = ReleaseStore.open(root);
    one = folder.resolve("one.forklift-bundle");
    other = folder.resolve("other.tar.gz");
    Samples.copy(packed.resolve("one"), one);
    Samples.copy(packed.resolve("other.tar.gz"), other);
  }

  @Test
  void whatCameInIsTheReleaseThatWasGiven() throws IOException {
    StoredRelease stored = Samples.admit(store, one);
    assertThat(store.list())
        .singleElement()
        .extracting(r -> r.signed().id())
        .isEqualTo(stored.signed().id());
    assertThat(store.faults()).isEmpty();
    assertThat(stored.signed().signature()).isEqualTo(Samples.signature(stored.signed().json()));
    assertThat(stored.parts().toJson()).isEqualTo(Files.readAllBytes(one.resolve("parts.json")));
    for (Part part : stored.parts().parts()) {
      assertThat(stored.content(part).bytes(64 << 20, "part"))
          .isEqualTo(Files.readAllBytes(one.resolve("parts/" + part.sha256().hex())));
    }
    try (OpenRelease open = ReleaseForms.open(stored)) {
      assertThat(Samples.check(open)).isEqualTo(stored.parts());
    }
    assertThat(Samples.names(root.resolve("incoming"))).isEmpty();
  }

  @Test
  void sharedPartsAreKeptOnceAndNotWrittenAgain() throws IOException {
    StoredRelease first = Samples.admit(store, one);
    FileTime before = FileTime.fromMillis(1_000_000);
    for (Part part : first.parts().parts()) {
      Files.setLastModifiedTime(root.resolve("parts/" + part.sha256().hex()), before);
    }
    StoredRelease second = Samples.admit(store, other);
    List<Part> shared =
        second.parts().parts().stream().filter(first.parts().parts()::contains).toList();
    assertThat(shared).hasSizeGreaterThanOrEqualTo(2);
    for (Part part : shared) {
      assertThat(Files.getLastModifiedTime(root.resolve("parts/" + part.sha256().hex())))
          .isEqualTo(before);
    }
    assertThat(Samples.names(root.resolve("parts")))
        .hasSize(first.parts().parts().size() + second.parts().parts().size() - shared.size());
  }

  @Test
  void removingFreesOnlyWhatNobodyElseNeeds() throws IOException {
    StoredRelease first = Samples.admit(store, one);
    StoredRelease second = Samples.admit(store, other);
    long freed = store.remove(first.signed().id());
    assertThat(freed).isBetween((long) Samples.BLOB, Samples.BLOB + 100_000L);
    assertThat(store.list()).hasSize(1);
    try (OpenRelease open = ReleaseForms.open(store.list().getFirst())) {
      Samples.check(open);
    }
    store.remove(second.signed().id());
    assertThat(Samples.names(root.resolve("parts"))).isEmpty();
    assertThatThrownBy(() -> store.remove(second.signed().id()))
        .hasMessageContaining("not in the store");
  }

  @Test
  void pruningTakesOrphansAndLeftoversOnly() throws IOException {
    StoredRelease stored = Samples.admit(store, one);
    Samples.write(root.resolve("parts/" + Samples.digest(9).hex()), new byte[100]);
    Samples.write(root.resolve("incoming/" + Samples.digest(8).hex() + ".partial"), new byte[50]);
    assertThat(store.prune()).isEqualTo(150);
    try (OpenRelease open = ReleaseForms.open(store.list().getFirst())) {
      assertThat(Samples.check(open)).isEqualTo(stored.parts());
    }
    assertThat(store.prune()).isZero();
  }

  @Test
  void aWrongReleaseNeverGetsIn() throws IOException {
    Samples.damage(other);
    assertThatThrownBy(() -> Samples.admit(store, other)).isInstanceOf(Problem.class);
    assertThat(store.list()).isEmpty();
    assertThat(store.faults()).isEmpty();
    for (String part : Samples.names(root.resolve("parts"))) {
      assertThat(Digest.of(root.resolve("parts/" + part)).hex()).isEqualTo(part);
    }
  }

  @Test
  void whatAKilledProgramLeftIsClearedAndDoesNotHurt() throws IOException {
    Samples.write(root.resolve("incoming/part.fieldlift-new"), new byte[100]);
    Samples.write(root.resolve("incoming/release.fieldlift-new/release.json"), new byte[100]);
    Samples.write(root.resolve("incoming/" + Samples.digest(8).hex() + ".partial"), new byte[50]);
    Samples.admit(store, one);
    assertThat(Samples.names(root.resolve("incoming")))
        .containsExactly(Samples.digest(8).hex() + ".partial");
  }

  @Test
  void aStopKeepsPartsForTheNextTryButNoRelease() throws IOException {
    Cancellation cancellation = new Cancellation();
    try (OpenRelease open = ReleaseForms.open(one)) {
      OpenRelease stopping = new Stopping(open, cancellation);
      assertThatThrownBy(() -> store.admit(stopping, new Progress(""), cancellation))
          .isInstanceOf(Cancellation.Cancelled.class);
    }
    assertThat(store.list()).isEmpty();
    assertThat(Samples.names(root.resolve("parts"))).hasSize(1);
    Samples.admit(store, one);
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void handEditedFoldersAreFaultsNotCrashes() throws IOException {
    StoredRelease stored = Samples.admit(store, one);
    Path home = root.resolve("releases/" + stored.signed().id().hex());
    Files.createDirectory(root.resolve("releases/notes"));
    assertThat(store.faults()).singleElement().asString().contains("release.json is missing");
    Files.delete(root.resolve("releases/notes"));
    Files.delete(root.resolve("parts/" + stored.parts().parts().getFirst().sha256().hex()));
    assertThat(store.list()).isEmpty();
    assertThat(store.faults()).singleElement().asString().contains("part").contains("missing");
    assertThatThrownBy(() -> store.find(stored.signed().id().hex())).isInstanceOf(Problem.class);
    Samples.admit(store, one);
    assertThat(store.faults()).isEmpty();
    Samples.damage(home.resolve("release.json"));
    assertThat(store.faults()).singleElement().asString().contains("changed after it came in");
    assertThat(store.remove(stored.signed().id())).isPositive();
    assertThat(Samples.names(root.resolve("parts"))).isEmpty();
  }

  @Test
  void theSameFetchMendsWhatWasDamagedSince() throws IOException {
    StoredRelease stored = Samples.admit(store, one);
    List<Part> parts = stored.parts().parts();
    Samples.damage(root.resolve("parts/" + parts.getFirst().sha256().hex()));
    Files.delete(root.resolve("parts/" + parts.getLast().sha256().hex()));
    Samples.admit(store, one);
    for (Part part : parts) {
      assertThat(Digest.of(root.resolve("parts/" + part.sha256().hex()))).isEqualTo(part.sha256());
    }
    assertThat(store.faults()).isEmpty();
  }

  @Test
  void aDamagedPartIsNotSharedWithTheNextRelease() throws IOException {
    StoredRelease first = Samples.admit(store, one);
    for (Part part : first.parts().parts()) {
      Samples.damage(root.resolve("parts/" + part.sha256().hex()));
    }
    StoredRelease second = Samples.admit(store, other);
    try (OpenRelease open = ReleaseForms.open(second)) {
      assertThat(Samples.check(open)).isEqualTo(second.parts());
    }
  }

  @Test
  void aReleaseIsFoundByTheBeginningOfItsId() throws IOException {
    Digest id = Samples.admit(store, one).signed().id();
    assertThat(store.find(id.brief())).isPresent();
    assertThat(store.find(id.toString())).isPresent();
    assertThat(store.find("000000")).isEmpty();
    assertThatThrownBy(() -> store.find(id.hex().substring(0, 5)))
        .hasMessageContaining("too short");
    Files.createDirectory(root.resolve("releases/" + id.hex().substring(0, 63) + "x"));
    assertThatThrownBy(() -> store.find(id.brief())).hasMessageContaining("several");
  }

  @Test
  void aNewSignatureReplacesTheOldOne() throws IOException {
    Samples.admit(store, one);
    ReleasePacker.sign(one, json -> new byte[] {'{', '}'});
    Samples.admit(store, one);
    assertThat(store.list().getFirst().signed().signature()).isEqualTo(new byte[] {'{', '}'});
  }

  @Test
  void onlyOneChangeGoesOnAtATime() throws IOException {
    StoreFolders folders = new StoreFolders(root);
    StoreLock held = StoreLock.take(folders, Duration.ofSeconds(1));
    assertThatThrownBy(() -> StoreLock.take(folders, Duration.ofMillis(20)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("busy");
    held.close();
    StoreLock.take(folders, Duration.ofMillis(20)).close();
  }

  @Test
  void aReleaseThatFindsNoRoomIsRefusedBeforeItIsRead() throws IOException {
    String parts = Files.readString(one.resolve("parts.json"));
    Files.writeString(
        one.resolve("parts.json"),
        parts.replaceFirst("\"size\" : \\d+", "\"size\" : " + PartList.LARGEST_PART));
    assertThatThrownBy(() -> Samples.admit(store, one)).hasMessageContaining("no room");
  }

  /// Stops the work once the first part has gone by.
  private record Stopping(OpenRelease release, Cancellation cancellation) implements OpenRelease {
    @Override
    public String where() {
      return release.where();
    }

    @Override
    public SignedRelease signed() {
      return release.signed();
    }

    @Override
    public long archiveSize() throws IOException {
      return release.archiveSize();
    }

    @Override
    public void walk(PartVisitor visitor) throws IOException {
      release.walk(raw -> {
        visitor.part(raw);
        cancellation.cancel();
      });
    }

    @Override
    public void close() {}
  }
}
