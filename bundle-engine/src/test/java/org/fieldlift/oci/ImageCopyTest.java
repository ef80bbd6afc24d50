package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.fieldlift.http.HastySite;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.CopyOutcome.Failed;
import org.fieldlift.oci.CopyOutcome.Here;
import org.fieldlift.oci.CopyOutcome.Lacking;
import org.fieldlift.oci.CopyOutcome.Unknown;
import org.fieldlift.oci.Logins.Login;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCopyTest {
  private static final byte[] BASE = SampleImage.layer(1, 300_000);
  private static final byte[] OWN = SampleImage.layer(2, 20_000);

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private final Progress progress = new Progress("Copy");
  private final SampleImage sample = new SampleImage();
  private FakeRegistry registry;
  private FakeRegistry elsewhere;
  private ImageLayout layout;
  private Logins logins = _ -> Optional.empty();
  private RegistryWays ways = RegistryWays.STRICT;
  private List<ImageLayout> reuse = List.of();

  @BeforeEach
  void serveRegistries() throws IOException {
    registry = new FakeRegistry();
    elsewhere = new FakeRegistry();
    layout = ImageLayout.at(folder.resolve("images"));
  }

  @AfterEach
  void stopServing() {
    registry.close();
    elsewhere.close();
  }

  @Test
  void aPinnedIndexIsCopiedByteForByteForOnePlatform() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    Here here = copied("lab/app:1@" + index.digest());
    Image image = here.image();
    assertThat(image.target()).isEqualTo(index);
    for (Descriptor blob : image.blobs()) {
      assertThat(layout.path(blob.digest())).hasBinaryContent(sample.bytes(blob));
    }
    assertThat(here.fetched()).isEqualTo(image.size());
    assertThat(Files.list(layout.blobs())).hasSize(5);
    assertThat(layout.folder().resolve("incoming")).doesNotExist();
    assertThat(progress.done()).isEqualTo(progress.total()).isEqualTo(320_000);
  }

  @Test
  void aSinglePlatformsManifestIsItsOwnTarget() throws IOException {
    Descriptor manifest = sample.manifest("linux/arm64", OWN);
    registry.push("lab/app", "1", manifest, sample);
    Image image = copied("lab/app@" + manifest.digest()).image();
    assertThat(image.target()).isEqualTo(image.manifest()).isEqualTo(manifest);
  }

  @Test
  void aTagIsAskedForAnewAndWhatIsHereIsNotFetchedAgain() throws IOException {
    pushed("lab/app", "1");
    copied("lab/app:1");
    byte[] young = SampleImage.layer(7, 4000);
    registry.push("lab/app", "1", sample.manifest("linux/arm64", BASE, young), sample);
    registry.requests.clear();
    Image image = copied("lab/app:1").image();
    assertThat(registry.fetched(image.layers().getFirst())).isZero();
    assertThat(registry.fetched(image.layers().getLast())).isEqualTo(1);
    assertThat(layout.images()).containsExactly(image);
  }

  @Test
  void aLayerOfSeveralImagesIsFetchedOnce() throws IOException {
    pushed("lab/app", "1");
    pushed("lab/other", "1");
    Image image = ((Here) copy("lab/app:1", "lab/other:1").getFirst()).image();
    assertThat(registry.fetched(image.layers().getFirst())).isEqualTo(1);
    assertThat(layout.images()).hasSize(2);
  }

  @Test
  void oneImagesTroubleDoesNotKeepTheOthersFromComing() throws IOException {
    pushed("lab/app", "1");
    List<CopyOutcome> outcomes = copy("lab/missing:1", "lab/app:1");
    assertThat(outcomes.getFirst())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.problem()).hasMessageContaining("There is no image"));
    assertThat(outcomes.getLast()).isInstanceOf(Here.class);
  }

  @Test
  void anotherLayoutGivesWhatItHas() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    copied("lab/app:1@" + index.digest());
    registry.requests.clear();
    reuse = List.of(layout);
    layout = ImageLayout.at(folder.resolve("second"));
    copied("lab/app:1@" + index.digest());
    assertThat(registry.requests)
        .extracting(FakeRegistry.Request::path)
        .noneMatch(p -> p.contains("sha256"));
  }

  @Test
  void whatIsHereAndDamagedIsFetchedAgain() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    String reference = "lab/app:1@" + index.digest();
    Image image = copied(reference).image();
    for (Descriptor blob : List.of(image.layers().getFirst(), image.config(), image.target())) {
      damage(layout, blob);
      assertThat(layout.has(blob)).as("its size is right").isTrue();
      copied(reference);
      assertThat(layout.path(blob.digest())).hasBinaryContent(sample.bytes(blob));
    }
    registry.requests.clear();
    assertThat(copied(reference).fetched()).isZero();
    assertThat(registry.requests)
        .extracting(FakeRegistry.Request::path)
        .noneMatch(path -> path.contains("/blobs/"));
  }

  @Test
  void offlineWhatIsDamagedComesFromAnotherLayoutOrIsLacking() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    String reference = "lab/app:1@" + index.digest();
    Image image = copied(reference).image();
    ImageLayout first = layout;
    layout = ImageLayout.at(folder.resolve("second"));
    copied(reference);
    damage(layout, image.layers().getFirst());
    assertThat(offline(reference)).isInstanceOf(Lacking.class);
    reuse = List.of(first);
    assertThat(offline(reference)).isInstanceOf(Here.class);
    damage(first, image.layers().getLast());
    Files.delete(layout.path(image.layers().getLast().digest()));
    assertThat(offline(reference)).isInstanceOf(Failed.class);
  }

  @Test
  void aBrokenDownloadGoesOnInTheNextRun() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    Descriptor base = sample.blob(SampleImage.OCI_LAYER, BASE);
    Path partial = Files.createDirectories(layout.folder().resolve("incoming"));
    Files.write(partial.resolve(base.digest().hex()), Arrays.copyOf(BASE, 200_000));
    copied("lab/app:1@" + index.digest());
    assertThat(registry.requests).extracting(FakeRegistry.Request::range).contains("bytes=200000-");
    assertThat(partial).doesNotExist();
  }

  @Test
  void halfADownloadThatIsWrongIsFetchedAnew() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    Descriptor base = sample.blob(SampleImage.OCI_LAYER, BASE);
    Path partial = Files.createDirectories(layout.folder().resolve("incoming"));
    Files.write(partial.resolve(base.digest().hex()), new byte[200_000]);
    copied("lab/app:1@" + index.digest());
    assertThat(layout.path(base.digest())).hasBinaryContent(BASE);
  }

  @Test
  void otherBytesThanTheDigestsAreNotTaken() throws IOException {
    pushed("lab/app", "1");
    registry.trick(
        "/blobs/",
        (exchange, blob) -> {
          byte[] lie = blob.clone();
          lie[lie.length - 1]++;
          FakeRegistry.serve(exchange, lie, null);
        });
    assertThat(failure("lab/app:1").kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
    assertThat(layout.images()).isEmpty();
    assertThat(Files.list(layout.blobs())).isEmpty();
  }

  @Test
  void anotherManifestThanThePinnedOneIsNotTaken() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    byte[] other = sample.bytes(sample.manifest("linux/arm64", OWN));
    registry.trick("/manifests/", (exchange, _) -> FakeRegistry.serve(exchange, other, null));
    assertThat(failure("lab/app:1@" + index.digest()).kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
  }

  @Test
  void aBodyThatIsCutOffAgainAndAgainEndsWithWords() throws IOException {
    pushed("lab/app", "1");
    Descriptor own = sample.blob(SampleImage.OCI_LAYER, OWN);
    registry.trick(
        own.digest().hex(),
        (exchange, blob) -> {
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, 100);
          exchange.getResponseBody().flush();
        });
    assertThat(failure("lab/app:1")).hasMessageContaining("tried 6 times");
    assertThat(layout.has(sample.blob(SampleImage.OCI_LAYER, BASE))).as("is kept").isTrue();
  }

  @Test
  void whatCannotBeCopiedIsRefusedInWords() throws IOException {
    refuse("{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[]}", "schema 1");
    refuse("{\"schemaVersion\":2,\"mediaType\":\"application/x\"}", "unknown kind");
    refuse("{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}", "alone");
    refuse("{\"schemaVersion\":2,\"manifests\":[]}", "not made for linux/arm64");
    refuse("not json", "cannot be read");
    refuse("{\"a\":1,\"a\":2}", "cannot be read");
    Descriptor config = sample.config("linux/arm64");
    Descriptor foreign =
        sample.blob("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", OWN);
    Descriptor manifest = sample.manifest(MediaTypes.OCI_MANIFEST, config, List.of(foreign));
    refuse(new String(sample.bytes(manifest), UTF_8), "a layer of the kind");
    Descriptor layer = sample.blob(SampleImage.OCI_LAYER, OWN);
    Descriptor plain = sample.manifest(MediaTypes.OCI_MANIFEST, config, List.of(layer));
    String text = new String(sample.bytes(plain), UTF_8);
    refuse(
        text.replace(",\"size\":20000", ",\"size\":20000,\"urls\":[\"http://evil\"]"),
        "lies elsewhere");
    refuse(text.replace("20000", "-1"), "a size");
  }

  @Test
  void anImageBuiltForAnotherProcessorThanItsIndexSaysIsRefused() throws IOException {
    Descriptor amd64 = sample.manifest("linux/amd64", OWN);
    registry.push("lab/app", "1", sample.index("linux/arm64", amd64), sample);
    assertThat(failure("lab/app:1")).hasMessageContaining("but for linux/amd64");
  }

  @Test
  void anArm32ImageIsTakenWhereThereIsNoBetterOne() throws IOException {
    Descriptor armv7 = sample.manifest("linux/arm/v7", OWN);
    Descriptor index =
        sample.index("linux/amd64", sample.manifest("linux/amd64", OWN), "linux/arm/v7", armv7);
    registry.push("lab/app", "1", index, sample);
    assertThat(copied("lab/app:1").image().manifest()).isEqualTo(armv7);
  }

  @Test
  void offlineSaysWhatIsLackingAndAsksNobody() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    copied("lab/app:1");
    Image image = copied("lab/app:1@" + index.digest()).image();
    registry.requests.clear();
    assertThat(plan(true, "lab/app:1", "lab/app:1@" + index.digest()))
        .allMatch(Here.class::isInstance);
    Files.delete(layout.path(image.layers().getFirst().digest()));
    assertThat(plan(true, "lab/app:1", "lab/never:1"))
        .satisfiesExactly(
            lacking -> assertThat(((Lacking) lacking).size()).isEqualTo(300_000),
            unknown -> assertThat(unknown).isInstanceOf(Unknown.class));
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    pushed("lab/app", "1");
    CopyOutcome outcome = plan(false, "lab/app:1").getFirst();
    assertThat(((Lacking) outcome).blobs()).hasSize(5);
    assertThat(Files.list(layout.blobs())).isEmpty();
  }

  @Test
  void aMirrorIsAskedFirstAndTheRegistryWhereItHasNothing() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    elsewhere.push("lab/app", "1", index, sample);
    elsewhere.forget(sample.blob(SampleImage.OCI_LAYER, OWN));
    ways = new RegistryWays(Map.of(registry.host(), List.of(elsewhere.base())), Set.of());
    copied("lab/app:1@" + index.digest());
    assertThat(registry.requests)
        .extracting(FakeRegistry.Request::path)
        .filteredOn(path -> !path.equals("/v2/"))
        .containsExactly("/v2/lab/app/blobs/" + sample.blob(SampleImage.OCI_LAYER, OWN).digest());
  }

  /// Each wait is half a minute in the field.
  @Test
  void aMirrorThatKeepsSilentIsNotWaitedForAgain() throws IOException {
    Descriptor index = pushed("lab/app", "1");
    pushed("lab/other", "1");
    try (ServerSocket mirror = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicInteger asked = new AtomicInteger();
      Thread.ofVirtual()
          .start(() -> {
            while (!mirror.isClosed()) {
              try (Socket _ = mirror.accept()) {
                asked.incrementAndGet();
              } catch (IOException closed) {
                return;
              }
            }
          });
      URI address = URI.create("http://127.0.0.1:" + mirror.getLocalPort() + "/");
      ways = new RegistryWays(Map.of(registry.host(), List.of(address)), Set.of());
      ImageCopy copy = imageCopy();
      Platform platform = Platform.parse("linux/arm64");
      List<ImageReference> first = all("lab/app:1@" + index.digest());
      assertThat(copy.copy(first, platform, layout, progress, cancellation).getFirst())
          .isInstanceOf(Here.class);
      int once = asked.get();
      assertThat(once).isPositive();
      assertThat(copy.copy(all("lab/other:1"), platform, layout, progress, cancellation))
          .allMatch(Here.class::isInstance);
      assertThat(asked).hasValue(once);
      assertThat(once).as("one document").isLessThan(3 * 6);
    }
  }

  @Test
  void aRegistryThatWantsAPasswordGetsItAndNobodyElse() throws IOException {
    pushed("lab/app", "1");
    Descriptor own = sample.blob(SampleImage.OCI_LAYER, OWN);
    elsewhere.push("lab/app", "1", own, sample);
    registry.wantBasic("ana", "s3cret:word");
    registry.trick(
        own.digest().hex(),
        (exchange, _) -> {
          exchange
              .getResponseHeaders()
              .set("Location", elsewhere.base() + "v2/lab/app/blobs/" + own.digest() + "?key=k");
          exchange.sendResponseHeaders(307, -1);
        });
    logins =
        host ->
            host.equals(registry.host())
                ? Optional.of(new Login("ana", "s3cret:word"))
                : Optional.empty();
    copied("lab/app:1");
    assertThat(elsewhere.requests).hasSize(1);
    assertThat(elsewhere.requests.getFirst().login()).isNull();
    assertThat(registry.requests.getFirst().login()).as("unasked").isNull();
  }

  @Test
  void aTokenIsFetchedWhereTheRegistrySays() throws IOException {
    pushed("lab/app", "1");
    registry.wantToken(elsewhere.base() + "token");
    elsewhere.login = FakeRegistry.basic("ana", "pw");
    logins = _ -> Optional.of(new Login("ana", "pw"));
    copied("lab/app:1");
    assertThat(elsewhere.requests.getFirst().query())
        .isEqualTo("service=fake&scope=repository%3Alab%2Fapp%3Apull");
    assertThat(registry.requests.getLast().login()).isEqualTo("Bearer secret-token");
  }

  @Test
  void aWrongOrMissingLoginIsToldWithoutThePassword() throws IOException {
    pushed("lab/app", "1");
    registry.wantBasic("ana", "right");
    assertThat(failure("lab/app:1")).hasMessageContaining("wants a login");
    logins = _ -> Optional.of(new Login("ana", "wr0ng"));
    registry.requests.clear();
    Problem refused = failure("lab/app:1");
    assertThat(refused.what() + refused.next()).contains("401").doesNotContain("wr0ng");
    registry.wantToken(elsewhere.base() + "token");
    elsewhere.login = "somebody else";
    assertThat(failure("lab/app:1")).hasMessageContaining("does not accept the login");
  }

  /// Registries that ask for a login, or give a token and then refuse it, do not say which of these
  /// images exist.
  @Test
  void anImageThatIsPrivateOrNotThereIsNamedAndTheLoginToo() throws IOException {
    pushed("lab/app", "1");
    for (int status : new int[] {401, 403}) {
      registry.wantToken(elsewhere.base() + "token");
      registry.trick("/lab/app/", (exchange, _) -> exchange.sendResponseHeaders(status, -1));
      assertClosed(failure("lab/app:1"), status);
      registry.untrick("/lab/app/");
      elsewhere.trick("/token", (exchange, _) -> exchange.sendResponseHeaders(status, -1));
      assertClosed(failure("lab/app:1"), status);
      elsewhere.untrick("/token");
    }
  }

  private void assertClosed(Problem problem, int status) {
    assertThat(problem)
        .hasMessageContaining(
            "There is no image lab/app at %s for you (status %d)"
                .formatted(registry.host(), status));
    assertThat(problem.next()).contains("docker login " + registry.host());
  }

  /// Six layers at once are all refused before the first of them has said who asks.
  @Test
  void aGoodPasswordIsNotCalledWrongBecauseAnotherDownloadSaidItFirst() throws IOException {
    Login login = new Login("ana", "pw");
    URI base = registry.base();
    RegistryAccess access =
        new RegistryAccess(base, "reg", "lab/app", RegistryWays.STRICT, _ -> Optional.of(login));
    List<String> basic = List.of("Basic realm=\"lab\"");
    Map<String, String> nothing = access.headers(base);
    assertThat(access.refused(base, nothing, basic, cancellation)).isTrue();
    assertThat(access.refused(base, nothing, basic, cancellation)).isTrue();
    Map<String, String> said = access.headers(base);
    assertThat(said).containsEntry("Authorization", login.basic());
    assertThatThrownBy(() -> access.refused(base, said, basic, cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("does not accept the login");
  }

  @Test
  void anIdentityTokenIsExchangedForAnAccessTokenAndSentNowhereElse() throws IOException {
    pushed("lab/app", "1");
    registry.wantToken(elsewhere.base() + "token");
    logins = _ -> Optional.of(new Login(Login.IDENTITY, "refresh+me&now"));
    copied("lab/app:1");
    assertThat(elsewhere.forms)
        .containsExactly(
            "grant_type=refresh_token&client_id=fieldlift&service=fake"
                + "&scope=repository%3Alab%2Fapp%3Apull&refresh_token=refresh%2Bme%26now");
    assertThat(elsewhere.requests).extracting(FakeRegistry.Request::login).containsOnlyNulls();
    assertThat(registry.requests.getLast().login()).isEqualTo("Bearer secret-token");
    for (int status : new int[] {307, 400, 401}) {
      elsewhere.trick(
          "/token",
          (exchange, _) -> {
            exchange.getResponseHeaders().set("Location", registry.base() + "token");
            exchange.sendResponseHeaders(status, -1);
          });
      Problem problem = failure("lab/app:1");
      assertThat(problem)
          .hasMessageContaining(status == 307 ? "not safe to follow" : "does not accept the login");
      assertThat(problem.what() + problem.next()).doesNotContain("refresh");
    }
    assertThat(registry.forms).isEmpty();
  }

  @Test
  void thePasswordIsNotSentInTheOpenForATokenOfASecureRegistry() {
    URI base = URI.create("https://registry.example.org/");
    RegistryAccess access =
        new RegistryAccess(base, "registry.example.org", "lab/app", RegistryWays.STRICT, logins);
    String open = "Bearer realm=\"http://127.0.0.1:1/token\",service=\"x\"";
    assertThatThrownBy(() -> access.refused(base, Map.of(), List.of(open), cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not safe to follow");
  }

  @Test
  void aStoppedCopyStopsAndLeavesNoImage() throws IOException {
    pushed("lab/app", "1");
    registry.trick(
        "/blobs/",
        (exchange, blob) -> {
          cancellation.cancel();
          FakeRegistry.serve(exchange, blob, null);
        });
    assertThatThrownBy(() -> copy("lab/app:1")).isInstanceOf(Cancellation.Cancelled.class);
    assertThat(layout.images()).isEmpty();
    layout.change().close();
  }

  private void refuse(String manifest, String why) throws IOException {
    SampleImage hostile = new SampleImage();
    hostile.blobs.putAll(sample.blobs);
    registry.push("lab/app", "1", hostile.json("", manifest), hostile);
    assertThat(failure("lab/app:1")).hasMessageContaining(why);
  }

  private Descriptor pushed(String repository, String tag) {
    Descriptor index =
        sample.index(
            "linux/amd64",
            sample.manifest("linux/amd64", SampleImage.layer(3, 1000), OWN),
            "linux/arm64/v8",
            sample.manifest("linux/arm64", BASE, OWN));
    registry.push(repository, tag, index, sample);
    return index;
  }

  private Here copied(String reference) throws IOException {
    CopyOutcome outcome = copy(reference).getFirst();
    if (outcome instanceof Failed failed) throw failed.problem();
    return (Here) outcome;
  }

  private Problem failure(String reference) throws IOException {
    return ((Failed) copy(reference).getFirst()).problem();
  }

  private List<CopyOutcome> copy(String... references) throws IOException {
    return imageCopy()
        .copy(all(references), Platform.parse("linux/arm64"), layout, progress, cancellation);
  }

  private List<CopyOutcome> plan(boolean offline, String... references) throws IOException {
    return imageCopy()
        .plan(all(references), Platform.parse("linux/arm64"), layout, offline, cancellation);
  }

  private CopyOutcome offline(String reference) throws IOException {
    return imageCopy()
        .copyOffline(all(reference), Platform.parse("linux/arm64"), layout, progress, cancellation)
        .getFirst();
  }

  private static void damage(ImageLayout layout, Descriptor blob) throws IOException {
    byte[] bytes = Files.readAllBytes(layout.path(blob.digest()));
    bytes[bytes.length / 2]++;
    Files.delete(layout.path(blob.digest()));
    Files.write(layout.path(blob.digest()), bytes);
  }

  private ImageCopy imageCopy() {
    return new ImageCopy(new Registries(ways, logins, HastySite::at), reuse).proving();
  }

  private List<ImageReference> all(String... references) throws IOException {
    List<ImageReference> all = new ArrayList<>();
    for (String each : references) all.add(ImageReference.parse(registry.host() + "/" + each));
    return all;
  }
}
