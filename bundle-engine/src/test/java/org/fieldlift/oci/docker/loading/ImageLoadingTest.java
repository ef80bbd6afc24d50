package org.fieldlift.oci.docker.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.FakeDocker;
import org.fieldlift.oci.docker.SampleLayout;
import org.fieldlift.oci.docker.loopback.FakeMachine;
import org.fieldlift.oci.docker.loopback.FakeProc;
import org.fieldlift.oci.docker.loopback.HostPlaces;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLoadingTest {
  private static final String LOADED = "{\"stream\":\"Loaded image\"}\r\n";

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private final Progress progress = new Progress("loading");
  private FakeDocker daemon;
  private FakeMachine machine;
  private ImageLoading loading;
  private SampleLayout sample;
  private Image image;

  @BeforeEach
  void start() throws IOException {
    Path socket = folder.resolve("docker.sock");
    daemon = new FakeDocker(socket).store(FakeDocker.CONTAINERD);
    machine = new FakeMachine(daemon, folder.resolve("daemon.json"));
    HostPlaces places =
        new HostPlaces(
            Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n"),
            folder.resolve("certs.d"),
            folder.resolve("state/undo.json"),
            FakeProc.with(folder.resolve("proc"), socket, "dockerd").folder(),
            "127.0.0.77",
            machine);
    LoadMemory memory = new LoadMemory(folder.resolve("loaded.json"));
    loading = new ImageLoading(daemon.docker(), places, memory);
    sample = SampleLayout.at(folder.resolve("images"));
    image = sample.pinned("ghcr.io/lab/app:1", 3000);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @Test
  void aPlanSaysWhatIsThereAndWhatWouldCome() throws IOException {
    Image there = sample.tagged("alpine:3");
    has(there, there.target().digest());
    ImagePlan plan = loading.plan(sample.layout(), List.of(image, there), Way.AUTO, cancellation);
    assertThat(plan.way()).isEqualTo(Way.LAYOUT);
    assertThat(plan.missing()).containsExactly(image);
    assertThat(plan.there()).containsExactly(there);
    assertThat(plan.bytes()).isEqualTo(image.size());
    assertThat(daemon.asked).noneMatch(asked -> asked.startsWith("POST"));
  }

  @Test
  void whatIsThereUnderTheSameWordsButDiffersIsLoaded() throws IOException {
    has(image, Digest.of(new byte[1]));
    assertThat(plan(Way.AUTO).missing()).containsExactly(image);
  }

  @Test
  void aLoadIsProvenByAskingForEachImage() throws IOException {
    daemon.on(
        "POST /images/load",
        (in, out) -> {
          untilTheEnd(in);
          has(image, image.target().digest());
          out.write(FakeDocker.reply(200, LOADED));
        });
    assertThat(load(plan(Way.AUTO))).isEqualTo(new LoadOutcome.Loaded(List.of(image), List.of()));
    assertThat(progress.done()).isEqualTo(image.size());
    assertThat(load(plan(Way.AUTO))).isEqualTo(new LoadOutcome.Loaded(List.of(), List.of(image)));
  }

  @Test
  void aDaemonThatSaysLoadedAndHasItNotIsNotBelieved() throws IOException {
    daemon.on(
        "POST /images/load",
        (in, out) -> {
          untilTheEnd(in);
          out.write(FakeDocker.reply(200, LOADED));
        });
    ImagePlan plan = plan(Way.AUTO);
    assertThatThrownBy(() -> load(plan))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("does not find it by that name");
  }

  @Test
  void aRegistryThatCanBeReachedIsNotStoodInForUnasked() throws IOException {
    daemon.store(FakeDocker.CLASSIC);
    machine.reachable.add("ghcr.io:443");
    assertThat(load(plan(Way.AUTO))).isEqualTo(new LoadOutcome.Reachable(List.of("ghcr.io")));
    assertThat(folder.resolve("hosts")).hasContent("127.0.0.1 localhost\n");
    assertThat(folder.resolve("state")).doesNotExist();
    assertThat(daemon.asked).noneMatch(asked -> asked.startsWith("POST"));
  }

  @Test
  void toldToLoadNothingItOnlyLooks() throws IOException {
    assertThat(load(plan(Way.NONE)))
        .isEqualTo(new LoadOutcome.NotLoaded(List.of(image), List.of()));
  }

  @Test
  void whatADeadRunLeftIsUndoneBeforeAPlanEvenIfThatIsRefused() throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state/undo.json"),
        """
        {"schema":"fieldlift.docker-undo/1","hosts":"%s","line":"127.0.0.77 ghcr.io",
         "certificates":[],"folders":[],"redirects":[]}
        """
            .formatted(hosts));
    Files.writeString(hosts, "127.0.0.77 ghcr.io\n127.0.0.1 localhost\n");
    daemon.engine = "Podman Engine";
    assertRefused(Way.NONE, "Podman Engine, not Docker");
    assertThat(hosts).hasContent("127.0.0.1 localhost\n");
    assertThat(folder.resolve("state/undo.json")).doesNotExist();
    assertThat(loading.undoLeft()).isFalse();
  }

  @Test
  void byTagItSaysWhichReferencesFindNothing() throws IOException {
    daemon
        .store(FakeDocker.CLASSIC)
        .on(
            "POST /images/load",
            (in, out) -> {
              untilTheEnd(in);
              daemon.on(
                  "GET /images/ghcr.io/lab/app:1/json ",
                  200,
                  SampleLayout.inspected(image, image.config().digest()));
              out.write(FakeDocker.reply(200, LOADED));
            });
    assertThat(load(plan(Way.TAGS)))
        .isEqualTo(new LoadOutcome.ByTag(List.of(image), List.of(), List.of(image)));
  }

  @Test
  void anImageWithoutATagCannotBeLoadedByTag() throws IOException {
    daemon.store(FakeDocker.CLASSIC);
    image = sample.pinned("ghcr.io/lab/untagged", 200);
    assertRefused(Way.TAGS, "has no tag");
    assertThat(daemon.asked).noneMatch(asked -> asked.startsWith("POST"));
    List<Image> lost = List.of(image);
    assertThatThrownBy(() -> new LoadOutcome.ByTag(List.of(), List.of(), lost))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theClassicStoreIsNotGivenALayoutItWouldForget() {
    daemon.store(FakeDocker.CLASSIC);
    assertRefused(Way.LAYOUT, "forgets digests");
  }

  @Test
  void aRootlessDockerIsRefused() {
    daemon.store(FakeDocker.CLASSIC).extra = ",\"SecurityOptions\":[\"name=rootless\"]";
    assertRefused(Way.AUTO, "rootless");
  }

  @Test
  void aDockerBehindAProxyIsRefused() {
    daemon.store(FakeDocker.CLASSIC).extra = ",\"HttpsProxy\":\"http://proxy:3128\"";
    assertRefused(Way.AUTO, "proxy");
  }

  @Test
  void anotherEngineIsRefused() {
    daemon.engine = "Podman Engine";
    assertRefused(Way.AUTO, "Podman Engine, not Docker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000/a:1", "192.168.1.5:5000/a:1", "[fe80::1]:5000/a:1"})
  void aRegistryWithoutANameIsRefused(String name) throws IOException {
    daemon.store(FakeDocker.CLASSIC);
    image = sample.tagged(name);
    assertRefused(Way.AUTO, "without a name");
  }

  @Test
  void imagesForAnotherProcessorAreRefused() throws IOException {
    Image other =
        new Image(
            image.reference(),
            "linux/arm64",
            image.target(),
            image.manifest(),
            image.config(),
            image.layers());
    assertThatThrownBy(() -> loading.plan(sample.layout(), List.of(other), Way.AUTO, cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is for linux/arm64");
  }

  @Test
  void onlyWhatItBroughtAndNobodyNeedsIsOffered() throws IOException {
    aLoadIsProvenByAskingForEachImage();
    UnusedImages unused = new UnusedImages(daemon.docker(), loading.memory());
    assertThat(unused.find(List.of(image.reference()), cancellation)).isEmpty();

    String canonical = image.reference().canonical();
    daemon.on("GET /images/" + canonical + "/json ", 200, inspected(image));
    assertThat(unused.find(List.of(ImageReference.parse("other:1")), cancellation))
        .containsExactly(new UnusedImages.Candidate(ImageReference.parse(canonical), image.size()));
    assertThat(daemon.asked).noneMatch(asked -> asked.startsWith("DELETE"));

    String changed = SampleLayout.inspected(image, Digest.of(new byte[3]));
    daemon.on("GET /images/" + canonical + "/json ", 200, changed);
    assertThat(unused.find(List.of(), cancellation)).isEmpty();
  }

  @Test
  void whatWasRemovedIsForgottenAndWhatIsInUseStays() throws IOException {
    onlyWhatItBroughtAndNobodyNeedsIsOffered();
    String canonical = image.reference().canonical();
    daemon.on("GET /images/" + canonical + "/json ", 200, inspected(image));
    UnusedImages unused = new UnusedImages(daemon.docker(), loading.memory());
    UnusedImages.Candidate candidate = unused.find(List.of(), cancellation).getFirst();

    daemon.on("DELETE /images/" + canonical + " ", 409, "{\"message\":\"in use\"}");
    assertThat(unused.remove(candidate, cancellation)).isFalse();
    assertThat(unused.find(List.of(), cancellation)).hasSize(1);

    daemon.on("DELETE /images/" + canonical + " ", 200, "[]");
    assertThat(unused.remove(candidate, cancellation)).isTrue();
    assertThat(unused.find(List.of(), cancellation)).isEmpty();
  }

  private ImagePlan plan(Way way) throws IOException {
    return loading.plan(sample.layout(), List.of(image), way, cancellation);
  }

  private LoadOutcome load(ImagePlan plan) throws IOException {
    return loading.load(plan, false, progress, cancellation);
  }

  private void assertRefused(Way way, String words) {
    assertThatThrownBy(() -> plan(way)).isInstanceOf(Problem.class).hasMessageContaining(words);
  }

  private void has(Image there, Digest id) {
    daemon.on(
        "GET /images/" + there.reference().text() + "/json ",
        200,
        SampleLayout.inspected(there, id));
  }

  private static String inspected(Image image) {
    return SampleLayout.inspected(image, image.target().digest());
  }

  /// Reads a chunked request to its end.
  private static void untilTheEnd(InputStream in) throws IOException {
    String end = "\r\n0\r\n\r\n";
    StringBuilder last = new StringBuilder();
    while (!last.toString().endsWith(end)) {
      int one = in.read();
      if (one < 0) throw new IOException("cut off");
      last.append((char) one);
      if (last.length() > 4 * end.length()) last.delete(0, end.length());
    }
  }
}
