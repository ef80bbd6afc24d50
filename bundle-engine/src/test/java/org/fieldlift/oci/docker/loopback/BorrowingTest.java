package org.fieldlift.oci.docker.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.docker.FakeDocker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BorrowingTest {
  private static final String HOSTS = "127.0.0.1 localhost\n# no newline at the end";
  private static final String LINE = "127.0.0.77 ghcr.io # fieldlift, while images load";
  private static final String MIRROR = "http://127.0.0.77:4242";
  private static final String OWN = "{\"debug\": true,\"registry-mirrors\":[\"http://lab:1\"]}";
  private static final byte[] PEM = "certificate".getBytes();

  @TempDir Path folder;
  private FakeDocker daemon;
  private FakeMachine machine;
  private HostPlaces places;

  @BeforeEach
  void start() throws IOException {
    Path socket = folder.resolve("docker.sock");
    daemon = new FakeDocker(socket);
    machine = new FakeMachine(daemon, config());
    FakeProc proc =
        FakeProc.with(folder.resolve("proc"), socket, "dockerd", "--config-file=" + config());
    places =
        new HostPlaces(
            folder.resolve("hosts"),
            folder.resolve("docker/certs.d"),
            folder.resolve("state/undo.json"),
            proc.folder(),
            "127.0.0.77",
            machine);
    Files.writeString(places.hosts(), HOSTS);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  @Test
  void whileItLastsTheNamesAreOursAndAfterwardsAllIsAsItWas() throws IOException {
    put(OWN);
    try (Borrowing borrowing = Borrowing.begin(places, daemon.docker())) {
      borrowing.change(what(), PEM);

      assertThat(places.hosts()).hasContent(LINE + "\n" + HOSTS);
      assertThat(certificate()).hasBinaryContent(PEM);
      assertThat(daemon.mirrors).containsExactly(MIRROR, "http://lab:1");
      assertThat(Files.readString(config())).contains("\"debug\" : true");
      assertThat(machine.redirects).hasSize(1);
      assertThat(places.marker()).exists();
    }
    assertAllIsAsItWas(OWN, List.of("http://lab:1"));
  }

  @Test
  void aConfigurationThatWasNotThereIsNotThereAgain() throws IOException {
    try (Borrowing borrowing = Borrowing.begin(places, daemon.docker())) {
      borrowing.change(what(), PEM);
      assertThat(daemon.mirrors).containsExactly(MIRROR);
    }
    assertAllIsAsItWas(null, List.of());
  }

  /// The marker is written first, so after it any of the changes may have been made or not.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void whateverADeadRunHadDoneIsUndone(int done) throws IOException {
    put(OWN);
    daemon.mirrors = List.of("http://lab:1");
    Borrowed what = what();
    Files.createDirectories(places.marker().getParent());
    Files.write(places.marker(), what.json());
    if ((done & 1) != 0) Files.writeString(places.hosts(), LINE + "\n" + HOSTS);
    if ((done & 2) != 0) {
      Files.createDirectories(certificate().getParent());
      Files.write(certificate(), PEM);
    }
    if ((done & 4) != 0) machine.redirect(what.redirects().getFirst());
    if ((done & 8) != 0) {
      Files.write(config(), MirrorConfig.of(what.mirror().orElseThrow()).with());
      machine.reload(FakeProc.PID);
    }
    Borrowing.undoLeft(places, daemon.docker());
    assertAllIsAsItWas(OWN, List.of("http://lab:1"));
    Borrowing.undoLeft(places, daemon.docker());
  }

  @Test
  void whatAPersonChangedMeanwhileStays() throws IOException {
    put(OWN);
    try (Borrowing borrowing = Borrowing.begin(places, daemon.docker())) {
      borrowing.change(what(), PEM);
      Files.writeString(places.hosts(), "10.0.0.1 new\n" + Files.readString(places.hosts()));
      Files.writeString(
          config(), Files.readString(config()).replace("\"debug\" : true", "\"debug\" : false"));
      Files.writeString(certificate().resolveSibling("lab.crt"), "theirs");
    }
    assertThat(places.hosts()).hasContent("10.0.0.1 new\n" + HOSTS);
    assertThat(Files.readString(config())).contains("false", "http://lab:1").doesNotContain(MIRROR);
    assertThat(certificate()).doesNotExist();
    assertThat(certificate().resolveSibling("lab.crt")).exists();
  }

  /// Else that daemon would ask an address for Docker Hub at which anybody here could answer.
  @Test
  void theDaemonThatBorrowedIsPutRightWhicheverIsAtHandNow() throws IOException {
    put(OWN);
    left(what());
    try (FakeDocker other = new FakeDocker(folder.resolve("other.sock"))) {
      assertThat(Borrowing.undoLeft(places, other.docker())).isTrue();
      assertThat(other.asked).isEmpty();
    }
    assertAllIsAsItWas(OWN, List.of("http://lab:1"));
  }

  @Test
  void aMarkerOfAnEarlierFieldliftIsAboutTheDaemonAtHand() throws IOException {
    put(OWN);
    left(what());
    String old = Files.readString(places.marker()).replaceFirst("\"docker\" : \"[^\"]*\",", "");
    assertThat(old).doesNotContain("docker.sock");
    Files.writeString(places.marker(), old);
    Borrowing.undoLeft(places, daemon.docker());
    assertAllIsAsItWas(OWN, List.of("http://lab:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"registry-mirrors\": [\"http://lab:1\"], \"debug\": false}"})
  void theDaemonForgetsUsAlsoWhenItsFileWasRemovedOrWritten(String rewritten) throws IOException {
    put(OWN);
    left(what());
    if (rewritten.isEmpty()) Files.delete(config());
    else Files.writeString(config(), rewritten);
    Borrowing.undoLeft(places, daemon.docker());
    assertThat(daemon.mirrors).doesNotContain(MIRROR);
    if (rewritten.isEmpty()) assertThat(config()).doesNotExist();
    else assertThat(config()).hasContent(rewritten);
    assertThat(places.marker()).doesNotExist();
  }

  @Test
  void aDaemonThatCannotBeAskedKeepsTheMarker() throws IOException {
    put(OWN);
    left(what());
    daemon.on("GET /info ", 500, "{\"message\":\"no time\"}");
    assertThatThrownBy(() -> Borrowing.undoLeft(places, daemon.docker()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be undone yet")
        .hasMessageContaining("no time");
    assertThat(places.marker()).exists();
    assertThat(places.hosts()).hasContent(HOSTS);
  }

  @Test
  void aDaemonThatDoesNotRunHasNothingToForget() throws IOException {
    put(OWN);
    left(what());
    daemon.close();
    Borrowing.undoLeft(places, daemon.docker());
    assertThat(config()).hasContent(OWN);
    assertThat(places.marker()).doesNotExist();
  }

  @Test
  void aDaemonThatDoesNotTakeItUpGetsItsFileBack() throws IOException {
    put(OWN);
    HostPlaces deaf =
        new HostPlaces(
            places.hosts(),
            places.certificates(),
            places.marker(),
            places.proc(),
            places.address(),
            new FakeMachine(daemon, folder.resolve("nothing")));
    assertThatThrownBy(
            () -> {
              try (Borrowing borrowing = Borrowing.begin(deaf, daemon.docker())) {
                borrowing.change(what(), PEM);
              }
            })
        .isInstanceOf(Problem.class)
        .hasMessageContaining("does not take up");
    assertThat(config()).hasContent(OWN);
    assertThat(places.hosts()).hasContent(HOSTS);
  }

  @Test
  void oneThingThatCannotBeUndoneKeepsTheMarkerAndNothingElse() throws IOException {
    put(OWN);
    Borrowing borrowing = Borrowing.begin(places, daemon.docker());
    borrowing.change(what(), PEM);
    Files.writeString(config(), "{ broken " + MIRROR);
    assertThatThrownBy(borrowing::close)
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be undone yet");
    assertThat(places.marker()).exists();
    assertThat(places.hosts()).hasContent(HOSTS);
    assertThat(certificate()).doesNotExist();
  }

  @Test
  void theHostsFileKeepsItsPermissions() throws IOException {
    Files.setPosixFilePermissions(places.hosts(), PosixFilePermissions.fromString("rw-rw-r--"));
    try (Borrowing borrowing = Borrowing.begin(places, daemon.docker())) {
      borrowing.change(what(), PEM);
      assertThat(permissions(places.hosts())).isEqualTo("rw-rw-r--");
      assertThat(permissions(certificate())).isEqualTo("rw-r--r--");
    }
    assertThat(permissions(places.hosts())).isEqualTo("rw-rw-r--");
  }

  @Test
  void withoutADeadRunNothingIsTouched() throws IOException {
    Borrowing.undoLeft(places, daemon.docker());
    assertThat(places.marker().getParent()).doesNotExist();
  }

  /// What a run leaves that is killed while the daemon pulls.
  private void left(Borrowed what) throws IOException {
    Files.createDirectories(places.marker().getParent());
    Files.write(places.marker(), what.json());
    Files.writeString(places.hosts(), LINE + "\n" + HOSTS);
    Files.write(config(), MirrorConfig.of(what.mirror().orElseThrow()).with());
    machine.reload(FakeProc.PID);
    assertThat(daemon.mirrors).contains(MIRROR);
  }

  private Borrowed what() throws IOException {
    Optional<String> before =
        Files.exists(config()) ? Optional.of(Files.readString(config())) : Optional.empty();
    return new Borrowed(
        Optional.of(daemon.docker().socket()),
        places.hosts(),
        LINE,
        List.of(certificate()),
        List.of(places.certificates(), certificate().getParent()),
        Optional.of(new Borrowed.Mirror(config(), before, MIRROR)),
        List.of(new Machine.Redirect("127.0.0.77", 443, 5000)));
  }

  private void assertAllIsAsItWas(@Nullable String configuration, List<String> mirrors)
      throws IOException {
    assertThat(places.hosts()).hasContent(HOSTS);
    assertThat(places.certificates()).doesNotExist();
    if (configuration == null) assertThat(config()).doesNotExist();
    else assertThat(Files.readString(config())).isEqualTo(configuration);
    assertThat(daemon.mirrors).isEqualTo(mirrors);
    assertThat(machine.redirects).isEmpty();
    assertThat(places.marker()).doesNotExist();
  }

  private void put(String configuration) throws IOException {
    Files.createDirectories(config().getParent());
    Files.writeString(config(), configuration);
  }

  private Path config() {
    return folder.resolve("docker/daemon.json");
  }

  private Path certificate() {
    return places.certificates().resolve("ghcr.io/fieldlift.crt");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
