package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.engine.LabStation.AMD;
import static org.fieldlift.engine.LabStation.ARM;
import static org.fieldlift.engine.LabStation.SCOPE;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Samples;
import org.fieldlift.source.ReleaseIndex;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An `index.json` is signed by nobody; what it says must not decide what a name means.
class UntrueIndexTest {
  private static final String TWO = SCOPE + "@2.0";

  private static SigningKey key;

  @TempDir Path folder;
  private final List<HttpServer> servers = new ArrayList<>();
  private LabStation lab;
  private Digest scope;

  @BeforeAll
  static void aLabWithAKey(@TempDir Path once) throws IOException {
    key = LabStation.newKey(once);
  }

  @BeforeEach
  void aWebServerWithOneGenuineRelease() throws IOException {
    lab = new LabStation(folder, key, Clock.systemUTC());
    scope = lab.pack("good/scope", SCOPE, "1.0", 1, ARM);
    serve("good");
  }

  @AfterEach
  void close() throws IOException {
    servers.forEach(server -> server.stop(0));
    lab.close();
  }

  @Test
  void anOldReleaseListedAsANewOneIsNotGenuine() throws IOException {
    write("good", as(offer("good"), SCOPE, "2.0", ARM, 999));
    assertUntrue(TWO, "Source good lists scope as", "2.0", "its version is 1.0, its sequence is 1");
    assertUntrue(SCOPE, "its version is 1.0");
  }

  @Test
  void anotherProductListedUnderTheNameIsNotGenuine() throws IOException {
    lab.pack("good/camera", "example.org/lab/camera", "3.0", 3, ARM);
    ReleaseIndex.write(folder.resolve("good"), new Cancellation());
    write("good", as(offer("good"), SCOPE, "3.0", ARM, 3));
    assertUntrue("scope@3.0", "Source good lists camera", "its product is example.org/lab/camera");
  }

  @Test
  void anotherPlatformOrSequenceIsNotGenuineEither() throws IOException {
    Offer real = offer("good");
    write("good", as(real, SCOPE, "1.0", AMD, 1));
    assertUntrue("scope", "its platform is linux/arm64");
    write("good", as(real, SCOPE, "1.0", ARM, 2));
    assertUntrue(scope.hex(), "its sequence is 1");
  }

  @Test
  void aFoldersIndexIsBelievedNoMoreThanAServers() throws IOException {
    lab.engine.sources().remove("good");
    Path shelf = folder.resolve("shelf");
    lab.pack("shelf/a/b/scope", SCOPE, "1.5", 5, ARM);
    ReleaseIndex.write(shelf.resolve("a/b"), new Cancellation());
    Offer deep = offer("shelf/a/b");
    write("shelf", as(deep, SCOPE, "2.0", ARM, 999, "a/b/scope"));
    lab.engine.sources().add("shelf", shelf.toString());
    assertUntrue(TWO, "Source shelf lists a/b/scope", "its version is 1.5");
  }

  @Test
  void whatOneSourceOnlyClaimsToHaveDoesNotHideWhatAnotherHas() throws IOException {
    Offer real = offer("good");
    Files.createDirectories(folder.resolve("bad"));
    write("bad", as(real, SCOPE, "9.0", ARM, 999, "nothing/here", digest(9)));
    serve("bad");
    Fetched fetched = lab.fetch(SCOPE);
    assertThat(fetched.row().id()).isEqualTo(scope);
    assertThat(fetched.remarks())
        .singleElement()
        .asString()
        .startsWith(SCOPE + " 9.0 of source bad was passed over: ")
        .contains("nothing/here/release.json");
  }

  @Test
  void anUntrueOfferGivesWayToATrueOne() throws IOException {
    Samples.copy(folder.resolve("good"), folder.resolve("bad"));
    write("bad", as(offer("good"), SCOPE, "9.0", ARM, 999));
    serve("bad");
    Fetched fetched = lab.fetch("scope");
    assertThat(fetched.row().label()).isEqualTo("1.0");
    assertThat(fetched.remarks()).singleElement().asString().contains("its version is 1.0");
  }

  @Test
  void aSourceThatClaimsThousandsIsNotAskedForAllOfThem() throws IOException {
    Offer real = offer("good");
    Files.createDirectories(folder.resolve("bad"));
    Offer[] claims =
        IntStream.range(0, 50)
            .mapToObj(i -> as(real, SCOPE, "9." + i, ARM, 900 + i, "no/" + i, digest(i)))
            .toArray(Offer[]::new);
    write("bad", claims);
    serve("bad");
    Fetched fetched = lab.fetch("scope");
    assertThat(fetched.row().id()).isEqualTo(scope);
    assertThat(fetched.remarks()).hasSize(3);
  }

  @Test
  void aGenuineReleaseWhosePartsDoNotComeIsNotReplacedByAnOlderOne() throws IOException {
    lab.pack("half/scope", SCOPE, "2.0", 2, ARM);
    ReleaseIndex.write(folder.resolve("half"), new Cancellation());
    Files.delete(folder.resolve("half/scope/parts.json"));
    serve("half");
    assertThatThrownBy(() -> lab.fetch("scope")).hasMessageContaining("scope/parts.json");
    assertThat(lab.engine.releases().list()).allMatch(row -> row.verdict().isEmpty());
  }

  @Test
  void theSameReleaseOfAnotherSourceTakesItsPlace() throws IOException {
    Samples.copy(folder.resolve("good"), folder.resolve("half"));
    Files.delete(folder.resolve("half/scope/parts.json"));
    lab.engine.sources().remove("good");
    serve("half");
    serve("good");
    Fetched fetched = lab.fetch("scope");
    assertThat(fetched.row().id()).isEqualTo(scope);
    assertThat(fetched.remarks()).singleElement().asString().contains("of source half");
  }

  @Test
  void aFewCharactersAreNoIdAndManyMustMeanOne() throws IOException {
    assertThatThrownBy(() -> lab.fetch(scope.hex().substring(0, 1)))
        .hasMessageStartingWith("No source has a release");
    assertThatThrownBy(() -> lab.fetch(scope.hex().substring(0, 5)))
        .hasMessageStartingWith("No source has a release");
    Offer real = offer("good");
    Digest twin = new Digest(scope.hex().substring(0, 6) + "0".repeat(58));
    write("good", real, as(real, SCOPE, "8.0", ARM, 8, "twin", twin));
    assertThatThrownBy(() -> lab.fetch(scope.hex().substring(0, 6)))
        .hasMessageContaining("is the beginning of several releases' ids");
    assertThat(lab.fetch("sha256:" + scope.hex().substring(0, 9)).row().id()).isEqualTo(scope);
  }

  private void assertUntrue(String release, String... words) {
    assertThatThrownBy(() -> lab.fetch(release))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
              assertThat(problem.what()).contains(words);
            });
  }

  /// Adds a folder as a web server that is a source of the same name; its index is made unless it
  /// has one.
  private void serve(String name) throws IOException {
    Path root = folder.resolve(name);
    if (!Files.exists(root.resolve("index.json"))) ReleaseIndex.write(root, new Cancellation());
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    servers.add(server);
    lab.engine.sources().add(name, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private Offer offer(String where) throws IOException {
    byte[] json = Files.readAllBytes(folder.resolve(where).resolve("index.json"));
    return ReleaseIndex.parse(json).offers().getFirst();
  }

  private void write(String where, Offer... offers) throws IOException {
    byte[] json = new ReleaseIndex(Arrays.asList(offers)).toJson();
    Files.write(folder.resolve(where).resolve("index.json"), json);
  }

  private static Digest digest(int number) {
    return Digest.of(new byte[] {(byte) number});
  }

  private static Offer as(
      Offer real, String product, String label, String platform, long sequence) {
    return as(real, product, label, platform, sequence, real.path());
  }

  private static Offer as(
      Offer real, String product, String label, String platform, long sequence, String path) {
    return as(real, product, label, platform, sequence, path, real.id());
  }

  private static Offer as(
      Offer real,
      String product,
      String label,
      String platform,
      long sequence,
      String path,
      Digest id) {
    return new Offer(id, product, label, platform, sequence, real.size(), real.createdAt(), path);
  }
}
