package org.fieldlift.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.oci.docker.Docker;
import org.fieldlift.oci.docker.FakeDocker;
import org.fieldlift.oci.docker.loading.ImageLoading;
import org.fieldlift.oci.docker.loading.LoadMemory;
import org.fieldlift.oci.docker.loading.Way;
import org.fieldlift.oci.docker.loopback.FakeMachine;
import org.fieldlift.oci.docker.loopback.FakeProc;
import org.fieldlift.oci.docker.loopback.HostPlaces;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The stage store and Docker take room on the same disk: both have to fit before anything is read.
class DockerRoomTest extends ImportBench {
  private static final String REFERENCE = "registry.example.org/lab/viewer:1.0";
  private static final Digest MANIFEST = Digest.of(new byte[] {1});
  private static final Digest CONFIG = Digest.of(new byte[] {2});
  private static final long LAYER = 5 << 20;

  private FakeDocker daemon;
  private FakeMachine machine;

  @BeforeEach
  void startDocker() throws IOException {
    Path socket = temporary.resolve("docker.sock");
    daemon = new FakeDocker(socket);
    LoadMemory memory = new LoadMemory(temporary.resolve("loaded.json"));
    machine = new FakeMachine(daemon, temporary.resolve("daemon.json"));
    HostPlaces places = places(FakeProc.with(temporary.resolve("proc"), socket, "dockerd"));
    images =
        new DeviceImages(() -> new ImageLoading(daemon.docker(), places, memory), Way.AUTO, false);
  }

  @AfterEach
  void stopDocker() throws IOException {
    daemon.close();
  }

  @Test
  void whatDockerLacksHasToFitBesideTheBundle() throws IOException {
    PackedRelease release = unread(withImage(layer()));
    long needed = needed(release);
    room = folder -> needed + 3 * LAYER - 1;
    assertRefused(
        release, Refusal.NO_SPACE, "and Docker needs 15.7 MB of room in /var/lib/docker, but only");
    room = folder -> needed + 3 * LAYER;
    assertThat(plan(withImage(layer())).lack()).isEmpty();
  }

  @Test
  void anImageThatDockerHasTakesNoRoom() throws IOException {
    daemon.on("GET /images/", 200, inspected(CONFIG));
    PackedRelease release = withImage(layer());
    long needed = needed(release);
    room = folder -> needed;
    assertThat(plan(release).lack()).isEmpty();
  }

  @Test
  void anImageThatNobodyRunsTakesNoRoomInDockerAndIsNotSaidToCome() throws IOException {
    PackedRelease release = withImage(List.of());
    long needed = needed(release);
    room = folder -> needed;
    assertThat(plan(release).lack()).isEmpty();
    assertThat(plan(release).images()).isEmpty();
  }

  @Test
  void aDockerThatDoesNotAnswerIsNoticedBeforeAnythingIsRead() throws IOException {
    stopDocker();
    assertRefused(unread(withImage(layer())), Refusal.IMAGES, "Docker");
  }

  @Test
  void whatCannotBeLoadedHereIsSaidBeforeAnythingIsRead() throws IOException {
    machine.reachable.add("registry.example.org:443");
    assertRefused(
        unread(withImage(layer())), Refusal.IMAGES, "This device can reach registry.example.org,");
    assertThat(foresee(unread(withImage(layer())))).isInstanceOf(Foreseen.Refused.class);
    machine.reachable.clear();
    FolderFiles.delete(temporary.resolve("proc").resolve(Long.toString(FakeProc.PID)));
    assertRefused(unread(withImage(layer())), Refusal.IMAGES, "cannot be found");
  }

  @Test
  void aBundleWhoseImagesNobodyHasIsNotMadeNext() throws IOException {
    PackedRelease release = withAppAlone();
    assertRefused(release, Refusal.IMAGES, "Docker lacks " + REFERENCE);
    assertThat(run(release, false))
        .isInstanceOfSatisfying(
            ImportResult.Imported.class,
            imported -> assertThat(imported.images().remarks().getFirst()).contains(REFERENCE));
  }

  @Test
  void aBundleWhoseImagesAreInDockerIsMadeNext() throws IOException {
    daemon.on("GET /images/", 200, inspected(CONFIG));
    assertThat(run(withAppAlone(), true)).isInstanceOf(ImportResult.Imported.class);
  }

  @Test
  void whereThereIsNoDockerItIsSaidThatNobodyLooked() throws IOException {
    images =
        new DeviceImages(
            () ->
                new ImageLoading(
                    new Docker(temporary.resolve("no.sock")),
                    HostPlaces.here(),
                    new LoadMemory(temporary.resolve("loaded.json"))),
            Way.AUTO,
            false);
    assertThat(run(withAppAlone(), true))
        .isInstanceOfSatisfying(
            ImportResult.Imported.class,
            imported ->
                assertThat(imported.images().remarks().getFirst())
                    .startsWith("There is no Docker here"));
  }

  private HostPlaces places(FakeProc proc) throws IOException {
    return new HostPlaces(
        Files.writeString(temporary.resolve("hosts"), "127.0.0.1 localhost\n"),
        temporary.resolve("certs.d"),
        temporary.resolve("state/undo.json"),
        proc.folder(),
        "127.0.0.77",
        machine);
  }

  private PackedRelease withAppAlone() throws IOException {
    Path bundle =
        Trees.bundle(
            temporary.resolve("alone"),
            Trees.manifest(
                """
                exports:
                  net/hosts:
                    compose-app:
                      name: hosts
                      images:
                        - %s
                """
                    .formatted(REFERENCE)));
    return PackedRelease.of(bundle, description(SEQUENCE), lab);
  }

  private PackedRelease withImage(List<Digest> layers) throws IOException {
    Release.Image image =
        new Release.Image(REFERENCE, "linux/arm64", null, MANIFEST, CONFIG, layers);
    return pack(description(SEQUENCE).bringing(List.of(image), List.of()));
  }

  private static PackedRelease unread(PackedRelease release) {
    release.onWalk = () -> assertThat(false).as("nothing is read").isTrue();
    return release;
  }

  private static List<Digest> layer() throws IOException {
    return genuine().signed().release().entries().stream()
        .filter(entry -> entry.size() == LAYER)
        .map(Entry::sha256)
        .toList();
  }

  private static long needed(PackedRelease release) throws IOException {
    return Room.needed(release.signed().release().entries());
  }

  private ImportPlan plan(PackedRelease release) throws IOException {
    Foreseen foreseen = foresee(release);
    assertThat(foreseen).isInstanceOf(ImportPlan.class);
    return (ImportPlan) foreseen;
  }

  private static String inspected(Digest id) {
    return """
    {"Id":"sha256:%s","Os":"linux","Architecture":"arm64","RepoTags":[],"RepoDigests":[],"Size":1}\
    """
        .formatted(id.hex());
  }
}
