package org.fieldlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.http.FakeServer;
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
import org.fieldlift.source.Source.Offer;
import org.fieldlift.store.ReleaseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSourceTest {
  private static final Duration SILENCE = Duration.ofMillis(400);

  private static Path packed;

  @TempDir Path folder;
  private final List<Duration> slept = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private final Progress progress = new Progress("fetch");
  private Path web;
  private Path root;
  private FakeServer server;
  private HttpSource source;
  private ReleaseStore store;
  private Offer offer;
  private SignedRelease head;

  @BeforeAll
  static void packOnce(@TempDir Path once) throws IOException {
    packed = Samples.packed(once.resolve("tree"), once.resolve("r.forklift-bundle"), "v1", 1, 2);
  }

  @BeforeEach
  void serveADirectoryForm() throws IOException {
    web = Files.createDirectory(folder.resolve("web"));
    Samples.copy(packed, web.resolve("pallet@v1.forklift-bundle"));
    root = folder.resolve("store");
    begin();
  }

  private void begin() throws IOException {
    assertThat(ReleaseIndex.write(web, cancellation).faults()).isEmpty();
    server = new FakeServer(web);
    source = new HttpSource("web", server.site(SILENCE, slept::add));
    store = ReleaseStore.open(root);
    offer = source.look(cancellation).getFirst();
    head = source.head(offer, cancellation);
    server.served.set(0);
  }

  @AfterEach
  void stopServing() {
    server.close();
  }

  @Test
  void aReleaseIsListedJudgedAndFetched() throws IOException {
    assertThat(offer.path()).isEqualTo("pallet@v1.forklift-bundle");
    assertThat(offer.product()).isEqualTo(Samples.PRODUCT);
    assertThat(head.signature()).isEqualTo(Samples.signature(head.json()));
    StoredRelease stored = fetch();
    assertStored(stored);
    assertThat(progress.fraction()).isEqualTo(1);
    assertThat(slept).isEmpty();
  }

  @Test
  void partsThatAreHereAreNotFetchedAgain() throws IOException {
    fetch();
    store.remove(offer.id());
    Samples.admit(
        store, Samples.packed(folder.resolve("t2"), folder.resolve("v2.tar.gz"), "v2", 1));
    server.served.set(0);
    StoredRelease stored = fetch();
    assertStored(stored);
    assertThat(server.served.get()).isLessThan(stored.parts().size() - Samples.BLOB);
  }

  @Test
  void aBrokenConnectionIsResumedAndNoByteComesTwice() throws IOException {
    Part big = largest();
    server.trick(big.sha256().hex(), server.cutOff(1 << 20));
    StoredRelease stored = fetch();
    assertStored(stored);
    long resumedAt = server.resumedAt();
    assertThat(resumedAt).isBetween(1L, 1L << 20); // the last of it may be lost with the connection
    assertThat(server.served.get() - ((1 << 20) - resumedAt))
        .isEqualTo(stored.parts().size() + Files.size(web.resolve(offer.path() + "/parts.json")));
    assertThat(progress.fraction()).isEqualTo(1);
  }

  @Test
  void anotherProgramGoesOnWhereThisOneDied() throws IOException {
    Part big = largest();
    byte[] bytes = Files.readAllBytes(web.resolve(offer.path() + "/parts/" + big.sha256().hex()));
    Files.write(store.partial(big), Arrays.copyOf(bytes, 3_000_000));
    StoredRelease stored = fetch();
    assertStored(stored);
    assertThat(server.requests).anyMatch(request -> request.endsWith(" bytes=3000000-"));
    assertThat(server.served.get()).isLessThan(stored.parts().size() - 2_900_000);
  }

  @Test
  void aHalfOfSomethingElseIsNoticedAndFetchedAnew() throws IOException {
    Part big = largest();
    Files.write(store.partial(big), new byte[3_000_000]);
    assertStored(fetch());
  }

  @Test
  void aFileThatChangedBetweenTwoRangesIsNeverJoined() throws IOException {
    Part big = largest();
    Path partial = store.partial(big);
    Files.write(partial, new byte[1000]);
    Files.writeString(partial.resolveSibling(partial.getFileName() + ".tag"), "\"older\"");
    assertStored(fetch());
    assertThat(server.requests)
        .filteredOn(request -> request.contains(big.sha256().hex()))
        .as("the server answers If-Range with the whole file")
        .hasSize(1);
  }

  @Test
  void aServerThatKnowsNoRangesIsReadFromTheBeginning() throws IOException {
    Part big = largest();
    byte[] bytes = Files.readAllBytes(web.resolve(offer.path() + "/parts/" + big.sha256().hex()));
    server.trick(big.sha256().hex(), server.cutOff(1000), FakeServer.instead(bytes));
    assertStored(fetch());
  }

  @Test
  void anotherRangeThanAskedForIsNotUsed() throws IOException {
    Part big = largest();
    server.trick(
        big.sha256().hex(),
        server.cutOff(1000),
        (exchange, bytes) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + bytes.length);
          exchange.sendResponseHeaders(206, 100);
          exchange.getResponseBody().write(bytes, 0, 100);
        });
    assertStored(fetch());
  }

  @Test
  void aPartThatArrivesWrongOnceIsFetchedAgain() throws IOException {
    Part big = largest();
    server.trick(big.sha256().hex(), FakeServer.instead(Samples.random(9, (int) big.size())));
    assertStored(fetch());
  }

  @Test
  void aPartThatStaysWrongIsNeverStored() throws IOException {
    Part big = largest();
    Samples.damage(web.resolve(offer.path() + "/parts/" + big.sha256().hex()));
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
        .hasMessageContaining("is not what parts.json says");
    assertThat(store.list()).isEmpty();
    assertThat(root.resolve("parts/" + big.sha256().hex())).doesNotExist();
    assertNoWrongPart();
  }

  @Test
  void rightPartsOfTheWrongReleaseAreRefused() throws IOException {
    Path other = folder.resolve("o.forklift-bundle");
    Samples.packed(folder.resolve("t2"), other, "v2", 7);
    String parts = Files.readString(other.resolve("parts.json"));
    String id =
        SignedRelease.of(Files.readAllBytes(other.resolve("release.json")), null).id().hex();
    Path here = web.resolve(offer.path());
    Files.writeString(here.resolve("parts.json"), parts.replace(id, offer.id().hex()));
    for (String name : Samples.names(other.resolve("parts"))) {
      Path target = here.resolve("parts/" + name);
      if (!Files.exists(target)) Files.copy(other.resolve("parts/" + name), target);
    }
    assertThatThrownBy(this::fetch).hasMessageContaining("not what was signed");
    assertThat(store.list()).isEmpty();
    assertThat(Samples.names(root.resolve("incoming"))).isEmpty();
  }

  @Test
  void aDamagedPartOfTheStoreIsRemovedAndThenFetched() throws IOException {
    StoredRelease stored = fetch();
    Files.delete(root.resolve("releases/" + offer.id().hex() + "/parts.json"));
    Samples.damage(root.resolve("parts/" + largest().sha256().hex()));
    assertThatThrownBy(this::fetch).hasMessageContaining("damaged and has been removed");
    server.served.set(0);
    assertStored(fetch());
    assertThat(server.served.get()).isLessThan(stored.parts().size() / 2 + 100_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aBusyServerIsAskedAgain(int status) throws IOException {
    server.trick("/parts/", FakeServer.status(status), FakeServer.status(status));
    assertStored(fetch());
    assertThat(slept).isNotEmpty();
  }

  @Test
  void retryAfterIsHonoured() throws IOException {
    server.trick("/parts/", FakeServer.status(503, "Retry-After", "7"));
    assertStored(fetch());
    assertThat(total()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aServerThatWantsHoursIsReportedInsteadOfWaitedFor() {
    server.trick("/parts/", FakeServer.status(429, "Retry-After", "7200"));
    assertThatThrownBy(this::fetch).hasMessageContaining("come back in 2 hours");
    assertThat(slept).isEmpty();
  }

  @Test
  void afterManyTriesItGivesUpAndKeepsWhatCame() throws IOException {
    FakeServer.Trick[] busy = FakeServer.everyTry(FakeServer.status(503));
    Part big = largest();
    server.trick(big.sha256().hex(), server.cutOff(1000)).trick(big.sha256().hex(), busy);
    assertThatThrownBy(this::fetch)
        .hasMessageContaining("status 503")
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.next()).contains("is kept"));
    assertThat(store.partial(big)).hasSize(1000);
    assertStored(fetch());
  }

  @ParameterizedTest
  @CsvSource({"401, not open", "403, not open", "404, is not there", "418, status 418"})
  void aRefusalIsSaidAtOnce(int status, String words) {
    server.trick("/parts/", FakeServer.status(status));
    assertThatThrownBy(this::fetch).isInstanceOf(Problem.class).hasMessageContaining(words);
    assertThat(slept).isEmpty();
  }

  @Test
  void aWrongLengthIsSaidBeforeItIsRead() {
    server.trick("/parts/", FakeServer.instead(new byte[10]));
    assertThatThrownBy(this::fetch).hasMessageContaining("another length than it should");
  }

  @Test
  void compressionNobodyAskedForIsRefused() {
    server.trick("/parts/", FakeServer.instead(new byte[10], "Content-Encoding", "gzip"));
    assertThatThrownBy(this::fetch).hasMessageContaining("comes compressed (gzip)");
  }

  @Test
  void redirectsAreFollowedButNotWithoutEnd() throws IOException {
    Part big = largest();
    String there = "/" + offer.path() + "/parts/" + big.sha256().hex();
    server.trick(big.sha256().hex(), FakeServer.status(302, "Location", there));
    assertStored(fetch());
    FakeServer.Trick[] round =
        FakeServer.everyTry(FakeServer.status(301, "Location", "/index.json"));
    server.trick("index", round);
    assertThatThrownBy(() -> source.look(cancellation)).hasMessageContaining("without end");
  }

  @Test
  void aStalledServerIsLeftAndResumed() throws IOException {
    server.trick("/parts/", FakeServer.stall(SILENCE.toMillis() * 3));
    assertStored(fetch());
    assertThat(slept).isNotEmpty();
  }

  @Test
  void aStopIsHeardWhileNothingComes() {
    server.trick("/parts/", FakeServer.stall(5000));
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(150);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          cancellation.cancel();
        });
    long before = System.nanoTime();
    assertThatThrownBy(this::fetch).isInstanceOf(Cancellation.Cancelled.class);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SILENCE.multipliedBy(3));
  }

  @Test
  void anotherReleaseInItsPlaceIsNoticed() throws IOException {
    ReleasePacker.sign(web.resolve(offer.path()), Samples::signature);
    Path json = web.resolve(offer.path() + "/release.json");
    Files.writeString(json, Files.readString(json).replace("\"sequence\" : 1", "\"sequence\" : 2"));
    assertThatThrownBy(() -> source.head(offer, cancellation))
        .hasMessageContaining("is not the release its list says");
  }

  @Test
  void anUnsignedReleaseHasNoSignature() throws IOException {
    Files.delete(web.resolve(offer.path() + "/release.json.sigstore.json"));
    assertThat(source.head(offer, cancellation).signature()).isNull();
  }

  private StoredRelease fetch() throws IOException {
    return source.fetch(offer, head, store, progress, cancellation);
  }

  private void assertStored(StoredRelease stored) throws IOException {
    assertThat(stored.signed().id()).isEqualTo(offer.id());
    assertThat(stored.signed().signature()).isEqualTo(head.signature());
    try (OpenRelease open = ReleaseForms.open(store.list().getFirst())) {
      assertThat(Samples.check(open)).isEqualTo(stored.parts());
    }
    assertThat(Samples.names(root.resolve("incoming"))).isEmpty();
  }

  private void assertNoWrongPart() throws IOException {
    for (String part : Samples.names(root.resolve("parts"))) {
      assertThat(Digest.of(root.resolve("parts/" + part)).hex()).isEqualTo(part);
    }
  }

  private Part largest() throws IOException {
    byte[] json = Files.readAllBytes(web.resolve(offer.path() + "/parts.json"));
    return PartList.parse(json).parts().stream()
        .max(Comparator.comparingLong(Part::size))
        .orElseThrow();
  }

  private Duration total() {
    return slept.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
