package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerTest {
  private static final String ID = "sha256:" + "ab".repeat(32);
  private static final String INSPECTED =
      "{\"Id\":\"%s\",\"Os\":\"linux\",\"Architecture\":\"arm64\",\"Variant\":\"v8\",\"RootFS\":{\"Layers\":[\"sha256:1\"]},\"RepoTags\":null,\"RepoDigests\":[\"a@%s\"],\"Size\":7}"
          .formatted(ID, ID);
  private static final byte[] MEGABYTE = new byte[1 << 20];

  @TempDir Path folder;
  private FakeDocker fake;
  private final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void start() throws IOException {
    fake = new FakeDocker(folder.resolve("docker.sock"));
  }

  @AfterEach
  void stop() throws IOException {
    fake.close();
  }

  @Test
  void theSocketIsTheUsualOneOrTheOneDockerHostNames() throws IOException {
    assertThat(Docker.here(Map.of()).socket()).hasToString("/var/run/docker.sock");
    assertThat(Docker.here(Map.of("DOCKER_HOST", "unix:///run/other.sock")).socket())
        .hasToString("/run/other.sock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://10.0.0.7:2375", "ssh://pi@scope", "unix://", "npipe:////./pipe/x"})
  void aDockerOnAnotherMachineIsRefused(String host) {
    assertThatThrownBy(() -> Docker.here(Map.of("DOCKER_HOST", host)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not on this machine");
  }

  @Test
  void withoutASocketThereIsNoDocker() {
    assertThatThrownBy(() -> new Docker(folder.resolve("none.sock")).facts(cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("There is no Docker here");
  }

  @Test
  void aSocketNobodyListensAtIsADockerThatDoesNotRun() throws IOException {
    Path dead = folder.resolve("dead.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(dead));
    }
    assertThatThrownBy(() -> new Docker(dead).facts(cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Docker is not running");
  }

  @Test
  void theStoreIsToldByWhatTheDaemonSaysOfItself() throws IOException {
    assertThat(fake.docker().facts(cancellation).store()).isEqualTo(DaemonFacts.Store.CLASSIC);
    fake.store(FakeDocker.CONTAINERD).mirrors = List.of("http://m/");
    DaemonFacts facts = fake.docker().facts(cancellation);
    assertThat(facts.store()).isEqualTo(DaemonFacts.Store.CONTAINERD);
    assertThat(facts.mirrors()).containsExactly("http://m/");
    assertThat(facts.platform()).hasToString("linux/amd64");
    assertThat(facts.isDocker()).isTrue();
  }

  @Test
  void anImageIsAskedForByExactlyItsWords() throws IOException {
    ImageReference reference = ImageReference.parse("ghcr.io/lab/app:1.0@" + ID);
    assertThat(fake.docker().inspect(reference, cancellation)).isEmpty();
    fake.on("GET /images/ghcr.io/lab/app:1.0@" + ID + "/json ", 200, INSPECTED);
    StoredImage found = fake.docker().inspect(reference, cancellation).orElseThrow();
    assertThat(found.id()).hasToString(ID);
    assertThat(found.platform()).hasToString("linux/arm64");
    assertThat(found.layers()).containsExactly("sha256:1");
  }

  @Test
  void aPinnedImageIsPulledByDigestAndAnotherByTag() throws IOException {
    fake.on("POST /images/create", 200, "{\"status\":\"Pulling\"}\r\n");
    Docker docker = fake.docker();
    docker.pull(ImageReference.parse("alpine:3@" + ID), Optional.empty(), cancellation);
    docker.pull(
        ImageReference.parse("ghcr.io/a/b"),
        Optional.of(Platform.parse("linux/386")),
        cancellation);
    assertThat(fake.asked.get(0))
        .contains("fromImage=docker.io%2Flibrary%2Falpine&tag=" + ID.replace(":", "%3A"));
    assertThat(fake.asked.get(1))
        .contains("fromImage=ghcr.io%2Fa%2Fb&tag=latest&platform=linux%2F386 ");
    assertThat(fake.asked.get(0)).doesNotContain("platform");
  }

  @Test
  void onePlatformOfAnImageIsAskedForInJson() throws IOException {
    ImageReference reference = ImageReference.parse("a:1");
    fake.docker().inspect(reference, Platform.parse("linux/arm/v6"), cancellation);
    assertThat(fake.asked.getFirst())
        .startsWith("GET /images/a:1/json?platform=")
        .contains("%22architecture%22%3A%22arm%22", "%22variant%22%3A%22v6%22");
  }

  @ParameterizedTest
  @CsvSource({
    "arm, armv6l, linux/arm/v6",
    "arm, armv7l, linux/arm/v7",
    "arm, aarch64, linux/arm/v7",
    "arm64, aarch64, linux/arm64",
    "amd64, armv6l, linux/amd64"
  })
  void theKernelTellsOldArmProcessorsFromYoungerOnes(String daemon, String kernel, String platform)
      throws IOException {
    fake.architecture = daemon;
    fake.extra = ",\"Architecture\":\"" + kernel + "\"";
    assertThat(fake.docker().facts(cancellation).platform()).hasToString(platform);
  }

  @Test
  void theListOfImagesIsReadWithoutItsEmptyNames() throws IOException {
    fake.on(
        "GET /images/json",
        200,
        "[{\"Id\":\"%s\",\"RepoTags\":[\"<none>:<none>\",\"a:1\"],\"RepoDigests\":null,\"Size\":9}]"
            .formatted(ID));
    List<StoredImage.Row> rows = fake.docker().images(cancellation);
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().tags()).containsExactly("a:1");
  }

  @Test
  void anImageThatAContainerNeedsIsNotRemoved() throws IOException {
    ImageReference reference = ImageReference.parse("a:1");
    fake.on("DELETE /images/a:1 ", 409, "{\"message\":\"in use\"}");
    assertThat(fake.docker().remove(reference, cancellation)).isFalse();
    fake.on("DELETE /images/a:1 ", 200, "[]");
    assertThat(fake.docker().remove(reference, cancellation)).isTrue();
  }

  @Test
  void anErrorAfterAGoodStatusIsAnError() {
    fake.on(
        "POST /images/create",
        200,
        "{\"status\":\"Pulling\"}\r\n"
            + "{\"errorDetail\":{\"message\":\"write:\\u001b[31m no space left on"
            + " device\"},\"error\":\"x\"}\r\n");
    assertThatThrownBy(() -> pull("a"))
        .isInstanceOf(Problem.class)
        .hasMessage("Docker could not do it: write:<U+001B>[31m no space left on device.")
        .extracting(problem -> ((Problem) problem).next())
        .asString()
        .contains("Make room");
  }

  @Test
  void aDaemonThatGivesUpWhileItIsSentToIsHeard() {
    fake.on(
        "POST /images/load",
        (in, out) -> {
          assertThat(in.readNBytes(100_000)).isNotEmpty();
          out.write(FakeDocker.reply(500, "{\"message\":\"no space left on device\"}"));
        });
    assertThatThrownBy(() -> fake.docker().load(DockerTest::endless, cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("no space left on device");
  }

  @Test
  void aDaemonThatStopsInTheMiddleIsNoSuccess() {
    fake.on("POST /images/load", (in, _) -> assertThat(in.readNBytes(100_000)).isNotEmpty());
    assertThatThrownBy(() -> fake.docker().load(DockerTest::endless, cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("stopped in the middle");
  }

  @Test
  void whatIsWrongWithOurBytesIsNeverTakenForWhole() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch read = new CountDownLatch(1);
    fake.on(
        "POST /images/load",
        (in, _) -> {
          String all = new String(in.readAllBytes(), UTF_8);
          ended.set(all.endsWith("0\r\n\r\n"));
          read.countDown();
        });
    Problem damaged = Problem.notGenuine("A layer is damaged.", "Get it again.");
    assertThatThrownBy(() ->
            fake.docker()
                .load(
                    out -> {
                      out.write(MEGABYTE);
                      throw damaged;
                    },
                    cancellation))
        .isSameAs(damaged);
    assertThat(read.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(ended).isFalse();
  }

  @Test
  void aWishToStopEndsAWaitAtOnce() {
    fake.on("POST /images/create", (in, _) -> assertThat(in.read()).isNegative());
    Thread.ofVirtual()
        .start(() -> {
          pause(Duration.ofMillis(300));
          cancellation.cancel();
        });
    long start = System.nanoTime();
    assertThatThrownBy(() -> pull("a")).isInstanceOf(Cancellation.Cancelled.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"Version\":7}",
        "{\"Version\":\"1\",\"Os\":\"linux\"}",
        "{\"a\":1,\"a\":2}",
        "not JSON"
      })
  void anAnswerNoDockerGivesIsSaidToBeNone(String version) {
    fake.on("GET /version", 200, version);
    assertThatThrownBy(() -> fake.docker().facts(cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("makes no sense");
  }

  @Test
  void anAnswerWithoutEndIsNotReadToItsEnd() {
    fake.on(
        "POST /images/create",
        (_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
          endless(out);
        });
    assertThatThrownBy(() -> pull("a"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("larger than anything");
  }

  @Test
  void whatIsNotHttpIsNotBelieved() {
    fake.on("GET /version", (_, out) -> out.write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(UTF_8)));
    assertThatThrownBy(() -> fake.docker().facts(cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("stopped in the middle");
  }

  private static void endless(OutputStream out) throws IOException {
    while (true) out.write(MEGABYTE);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void pull(String reference) throws IOException {
    fake.docker().pull(ImageReference.parse(reference), Optional.empty(), cancellation);
  }
}
