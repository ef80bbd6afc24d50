package org.fieldlift.oci.docker.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.docker.Docker;

/// Lets a daemon pull images from registries of ours that stand in for the real ones.
///
/// Only a pull gives a daemon of the classic store the digest of a reference, and only from a
/// registry of the reference's own name. So for as long as the pulls take, that name is ours on
/// this machine.
public record RegistryPulls(
    Docker docker, HostPlaces places, ImageLayout layout, List<Image> images) {
  private static final Duration HOSTS_REMEMBERED = Duration.ofSeconds(8);
  private static final Duration NAP = Duration.ofMillis(500);
  private static final String CERTIFICATE = "fieldlift.crt";
  private static final String ENDING = " # fieldlift, while images load";

  /// Registries of these images that answer from here.
  public static List<String> reachable(HostPlaces places, List<ImageReference> references) {
    return WantedRegistries.of(references).reachable(places.machine());
  }

  /// @throws Problem when this user may not change what has to be changed
  public static void requireRights(Docker docker, HostPlaces places) throws IOException {
    if (Files.exists(places.hosts()) && !Files.isWritable(places.hosts())) {
      throw Problem.failed(
          "This Docker keeps digests only of what it pulls, and to let it pull from here needs"
              + " root.",
          "Use sudo, or load by tag with --images=tags.");
    }
    DaemonProcess.behind(docker.socket(), places.proc());
  }

  /// Pulls all of them, and leaves the machine as it was.
  public void run(Progress progress, Cancellation cancellation) throws IOException {
    requireRights(docker, places);
    Platform own = docker.facts(cancellation).platform();
    Cancellation pulls = cancellation.child();
    StandIns standIns = new StandIns(places.address(), layout, images, progress::advance, pulls);
    try (standIns;
        Borrowing borrowing = Borrowing.begin(places, docker)) {
      List<Machine.Redirect> redirects = standIns.open();
      Optional<Borrowed.Mirror> mirror = Optional.empty();
      if (registries().hasHub()) mirror = Optional.of(mirror(standIns.openMirror()));
      borrowing.change(what(redirects, mirror), standIns.pem());
      long changed = System.nanoTime();
      for (Image image : images) {
        progress.step("Loading " + PlainText.of(image.reference().text()));
        pull(image, own, changed, pulls);
      }
    } catch (Cancellation.Cancelled stopped) {
      if (standIns.trouble().isPresent()) throw standIns.trouble().get();
      throw stopped;
    }
  }

  /// A daemon may remember for five seconds what the hosts file said before we changed it (Go keeps
  /// what it read that long), so an early failure is not the last word.
  private void pull(Image image, Platform own, long changed, Cancellation cancellation)
      throws IOException {
    Optional<Platform> other =
        Optional.of(layout.builtFor(image)).filter(platform -> !platform.equals(own));
    while (true) {
      try {
        docker.pull(image.reference(), other, cancellation);
        return;
      } catch (Problem said) {
        cancellation.check();
        if (System.nanoTime() - changed > HOSTS_REMEMBERED.toNanos()) throw said;
        rest();
      }
    }
  }

  private static void rest() throws IOException {
    try {
      Thread.sleep(NAP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Docker finds us");
    }
  }

  private Borrowed what(List<Machine.Redirect> redirects, Optional<Borrowed.Mirror> mirror) {
    WantedRegistries wanted = registries();
    List<Path> folders = wanted.registries().stream().map(places.certificates()::resolve).toList();
    List<Path> files = folders.stream().map(folder -> folder.resolve(CERTIFICATE)).toList();
    String names = String.join(" ", wanted.names());
    String line = names.isEmpty() ? "" : places.address() + " " + names + ENDING;
    List<Path> needed = new ArrayList<>(folders);
    mirror.ifPresent(in -> needed.add(in.config().resolveSibling("")));
    return new Borrowed(
        Optional.of(docker.socket()),
        places.hosts(),
        line,
        files,
        missing(needed),
        mirror,
        redirects);
  }

  /// Folders that are not there yet, with those above them, outermost first.
  private static List<Path> missing(List<Path> folders) {
    TreeSet<Path> missing = new TreeSet<>();
    for (Path folder : folders) {
      Path each = folder;
      while (each != null && !Files.exists(each)) {
        missing.add(each);
        each = each.getParent();
      }
    }
    return List.copyOf(missing);
  }

  private WantedRegistries registries() {
    return WantedRegistries.of(images.stream().map(Image::reference).toList());
  }

  private Borrowed.Mirror mirror(String url) throws IOException {
    DaemonProcess daemon = DaemonProcess.behind(docker.socket(), places.proc());
    if (daemon.hasMirrorFlag()) {
      throw Problem.failed(
          "This Docker was started with --registry-mirror, and takes no other mirror.",
          "Put the mirror into daemon.json in place of the option, or use --images=tags.");
    }
    Optional<byte[]> before = new SystemFile(daemon.config()).read();
    return new Borrowed.Mirror(daemon.config(), before.map(bytes -> new String(bytes, UTF_8)), url);
  }
}
