package org.fieldlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    Path partial = store.partial(head);
    Files.copy(file, partial);
    String tag = '"' + Digest.of(file).brief() + '"';
    Files.writeString(partial.resolveSibling(partial.getFileName() + ".tag"), tag);
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
  void aFileLargerThanItsListSaysIsNotReadToItsEnd() throws IOException {
    byte[] longer = new byte[(int) Files.size(file) + 1];
    Files.write(file, longer);
    assertThatThrownBy(this::fetch).hasMessageContaining("another length than it should");
  }

  private StoredRelease fetch() throws IOException {
    return source.fetch(offer, head, store, new Progress("fetch"), cancellation);
  }
}
