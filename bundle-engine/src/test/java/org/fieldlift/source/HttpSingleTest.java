package org.fieldlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.fieldlift.archive.Part;
import org.fieldlift.http.FakeServer;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.Samples;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.store.ReleaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSingleTest {
  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private Path file;
  private Path root;
  private FakeServer server;
  private HttpSource source;
  private ReleaseStore store;
  private Offer offer;
  private SignedRelease head;

  @BeforeEach
  void serveASingleFile() throws IOException {
    Path web = Files.createDirectory(folder.resolve("web"));
    file = web.resolve("pallet@v1+arm64.forklift-bundle.tar.gz");
    Samples.packed(folder.resolve("tree"), file, "v1", 1);
    ReleaseIndex.write(web, cancellation);
    root = folder.resolve("store");
    store = ReleaseStore.open(root);
    server = new FakeServer(web);
    source = new HttpSource("web", server.site(Duration.ofSeconds(5), _ -> {}));
    offer = source.look(cancellation).getFirst();
    head = source.head(offer, cancellation);
    server.served.set(0);
  }

  @AfterEach
  void stopServing() {
    server.close();
  }

  @Test
  void itsHeadIsReadWithoutTheRest() throws IOException {
    assertThat(head.id()).isEqualTo(offer.id());
    assertThat(head.signature()).isEqualTo(Samples.signature(head.json()));
  }

  @Test
  void itIsFetchedAndTakenApart() throws IOException {
    StoredRelease stored = fetch();
    assertThat(stored.signed().id()).isEqualTo(offer.id());
    try (OpenRelease open = ReleaseForms.open(store.list().getFirst())) {
      assertThat(Samples.check(open).size()).isEqualTo(offer.size());
    }
    assertThat(server.served.get()).isEqualTo(Files.size(file));
    assertThat(Samples.names(root.resolve("incoming"))).isEmpty();
  }

  @Test
  void itIsResumed() throws IOException {
    server.trick(".tar.gz", server.cutOff(1 << 20));
    fetch();
    long resumedAt = server.resumedAt();
    assertThat(resumedAt).isBetween(1L, 1L << 20); // the last of it may be lost with the connection
    assertThat(server.served.get() - ((1 << 20) - resumedAt)).isEqualTo(Files.size(file));
  }

  @Test
  void whatCameWholeButWasNotTakenApartIsNotFetchedAgain() throws IOException {
    cameBefore(Files.readAllBytes(file));
    fetch();
    assertThat(server.served.get()).isZero();
  }

  @Test
  void aHalfWithoutValidatorIsNotContinued() throws IOException {
    Files.write(store.partial(head), new byte[1000]);
    fetch();
    assertThat(server.served.get()).isEqualTo(Files.size(file));
  }

  @Test
  void aFileThatChangedOnTheWayIsFetchedAnew() throws IOException {
    server.trick(
        ".tar.gz",
        (exchange, bytes) -> {
          exchange.getResponseHeaders().set("ETag", "\"older\"");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(new byte[5000]);
          exchange.getResponseBody().flush();
        });
    fetch();
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void withoutTagsItStartsOver() throws IOException {
    server.withoutTags().trick(".tar.gz", server.cutOff(5000));
    fetch();
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void aDamagedFileIsRefusedAndNotKept() throws IOException {
    Samples.damage(file);
    assertThatThrownBy(this::fetch).isInstanceOf(Problem.class);
    assertThat(store.list()).isEmpty();
    assertThat(store.partial(head)).doesNotExist();
  }

  @Test
  void aHalfThatAPowerCutToreIsFetchedAnewAndNobodyBlamed() throws IOException {
    byte[] half = Arrays.copyOf(Files.readAllBytes(file), 2_000_000);
    Arrays.fill(half, 1_990_000, 2_000_000, (byte) 0);
    cameBefore(half);
    Progress progress = new Progress("fetch");
    source.fetch(offer, head, store, progress, cancellation);
    assertThat(store.list()).hasSize(1);
    assertThat(server.resumedAt()).isEqualTo(2_000_000);
    assertThat(progress.fraction()).isEqualTo(1);
    assertThat(progress.total()).isEqualTo(Files.size(file) + offer.size());
  }

  @Test
  void aHeadThatAPowerCutToreIsFetchedAnewToo() throws IOException {
    byte[] half = Arrays.copyOf(Files.readAllBytes(file), 2_000_000);
    Arrays.fill(half, 0, 4096, (byte) 0);
    cameBefore(half);
    fetch();
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void aDamagedValidatorDoesNotBlockTheDownload() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (byte[] damaged : new byte[][] {new byte[4], {(byte) 0xff, (byte) 0xfe}}) {
      cameBefore(Arrays.copyOf(whole, 100_000));
      Path partial = store.partial(head);
      Files.write(partial.resolveSibling(partial.getFileName() + ".tag"), damaged);
      fetch();
      store.remove(head.id());
    }
    assertThat(server.served.get()).isEqualTo(2L * whole.length);
  }

  @Test
  void aServerWhoseFileIsDamagedIsBlamedAfterOneMoreTry() throws IOException {
    Samples.damage(file);
    cameBefore(Arrays.copyOf(Files.readAllBytes(file), 10_000));
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
    assertThat(server.served.get()).isEqualTo(2 * Files.size(file) - 10_000);
    assertThat(store.partial(head)).doesNotExist();
  }

  @Test
  void aFileThatEndsTooEarlyIsNotKept() throws IOException {
    fetch();
    Part last = store.list().getFirst().parts().parts().getLast();
    store.remove(head.id());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - (int) last.size()));
    assertThatThrownBy(this::fetch).isInstanceOf(Problem.class);
    assertThat(store.partial(head)).doesNotExist();
  }

  @Test
  void whatCameStaysWhenTheDiskHasNoRoomForItsParts() {
    HttpSingle single =
        new HttpSingle(
            server.site(Duration.ofSeconds(5), _ -> {}),
            offer.path(),
            offer.size(),
            head,
            store,
            new Progress(""),
            cancellation);
    Problem full = Problem.failed("The disk is full.", "Make room.");
    assertThatThrownBy(() ->
            single.walk(_ -> {
              throw full;
            }))
        .isSameAs(full);
    assertThat(store.partial(head)).exists().hasSize(file.toFile().length());
  }

  @Test
  void aFileLargerThanItsListSaysIsNotReadToItsEnd() throws IOException {
    byte[] longer = new byte[(int) Files.size(file) + 1];
    Files.write(file, longer);
    assertThatThrownBy(this::fetch).hasMessageContaining("another length than it should");
  }

  /// As an earlier run left it.
  private void cameBefore(byte[] half) throws IOException {
    Path partial = store.partial(head);
    String tag = '"' + Digest.of(file).brief() + '"';
    Files.write(partial, half);
    Files.writeString(partial.resolveSibling(partial.getFileName() + ".tag"), tag);
  }

  private StoredRelease fetch() throws IOException {
    return source.fetch(offer, head, store, new Progress("fetch"), cancellation);
  }
}
