package org.fieldlift.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.CopyOutcome.Failed;
import org.fieldlift.oci.CopyOutcome.Here;
import org.fieldlift.oci.CopyOutcome.Lacking;
import org.fieldlift.oci.CopyOutcome.Unknown;
import org.fieldlift.oci.Logins.Login;
import org.junit.jupiter.api.Test;

class ImageCopyTest extends ImageCopyBench {
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
}
