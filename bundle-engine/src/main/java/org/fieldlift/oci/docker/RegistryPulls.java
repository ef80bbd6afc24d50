package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;

/// Lets a daemon pull images from registries of ours that stand in for the real ones.
///
/// Only a pull gives a daemon of the classic store the digest of a reference, and only from a
/// registry of the reference's own name. So for as long as the pulls take, that name is ours on
/// this machine.
record RegistryPulls(Docker docker, HostPlaces places, ImageLayout layout, List<Image> images) {
  private static final Duration HOSTS_REMEMBERED = Duration.ofSeconds(8);
  private static final Duration NAP = Duration.ofMillis(500);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String CERTIFICATE = "fieldlift.crt";
  private static final String ENDING = " # fieldlift, while images load";

  /// Registries that answer from here.
  List<String> reachable() {
    return registries().reachable(places.machine());
  }

  /// Pulls all of them, and leaves the machine as it was.
  void run(Progress progress, Cancellation cancellation) throws IOException {
    requireRights();
    WantedRegistries wanted = registries();
    RegistryShelf shelf = new RegistryShelf(images);
    BlobReply blobs = new BlobReply(layout, progress::advance);
    LoopbackCertificate certificate = LoopbackCertificate.of(wanted.names());
    List<LoopbackRegistry> servers = new ArrayList<>();
    try (Borrowing borrowing = Borrowing.begin(places, docker)) {
      List<Machine.Redirect> redirects = new ArrayList<>();
      for (int port : wanted.ports()) {
        servers.add(secure(port, certificate, shelf, blobs, redirects));
      }
      Optional<Borrowed.Mirror> mirror = Optional.empty();
      if (wanted.hasHub()) {
        LoopbackRegistry hub =
            LoopbackRegistry.mirror(
                new InetSocketAddress(InetAddress.getByName(places.address()), 0),
                shelf,
                layout,
                blobs);
        servers.add(hub);
        mirror = Optional.of(mirror(hub.port()));
      }
      borrowing.change(what(wanted, redirects, mirror), certificate.pem());
      long changed = System.nanoTime();
      for (Image image : images) pull(image, servers, changed, progress, cancellation);
    } finally {
      servers.forEach(LoopbackRegistry::close);
    }
  }

  /// A daemon may remember for five seconds what the hosts file said before we changed it (Go keeps
  /// what it read that long), so an early failure is not the last word.
  private void pull(
      Image image,
      List<LoopbackRegistry> servers,
      long changed,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    progress.step("Loading " + image.reference());
    while (true) {
      try {
        docker.pull(image.reference(), cancellation);
        return;
      } catch (Problem said) {
        for (LoopbackRegistry server : servers) {
          if (server.trouble().isPresent()) throw server.trouble().get();
        }
        if (System.nanoTime() - changed > HOSTS_REMEMBERED.toNanos()) throw said;
        cancellation.check();
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

  private LoopbackRegistry secure(
      int port,
      LoopbackCertificate certificate,
      RegistryShelf shelf,
      BlobReply blobs,
      List<Machine.Redirect> redirects)
      throws IOException {
    try {
      return LoopbackRegistry.secure(at(places.address(), port), certificate, shelf, layout, blobs);
    } catch (BindException taken) {
      LoopbackRegistry elsewhere =
          LoopbackRegistry.secure(at(LOOPBACK, 0), certificate, shelf, layout, blobs);
      redirects.add(new Machine.Redirect(places.address(), port, elsewhere.port()));
      return elsewhere;
    }
  }

  private static InetSocketAddress at(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  private Borrowed what(
      WantedRegistries wanted, List<Machine.Redirect> redirects, Optional<Borrowed.Mirror> mirror) {
    List<Path> folders = wanted.registries().stream().map(places.certificates()::resolve).toList();
    List<Path> files = folders.stream().map(folder -> folder.resolve(CERTIFICATE)).toList();
    String names = String.join(" ", wanted.names());
    String line = names.isEmpty() ? "" : places.address() + " " + names + ENDING;
    List<Path> needed = new ArrayList<>(folders);
    mirror.ifPresent(in -> needed.add(in.config().resolveSibling("")));
    return new Borrowed(places.hosts(), line, files, missing(needed), mirror, redirects);
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
    return WantedRegistries.of(images);
  }

  private Borrowed.Mirror mirror(int port) throws IOException {
    DaemonProcess daemon = DaemonProcess.behind(docker.socket(), places.proc());
    if (daemon.hasMirrorFlag()) {
      throw Problem.failed(
          "This Docker was started with --registry-mirror, and takes no other mirror.",
          "Put the mirror into daemon.json in place of the option, or use --images=tags.");
    }
    Optional<byte[]> before = new SystemFile(daemon.config()).read();
    return new Borrowed.Mirror(
        daemon.config(),
        before.map(bytes -> new String(bytes, UTF_8)),
        "http://" + places.address() + ":" + port);
  }

  private void requireRights() throws IOException {
    DaemonProcess.behind(docker.socket(), places.proc());
    if (Files.isWritable(places.hosts()) || !Files.exists(places.hosts())) return;
    throw Problem.failed(
        "This Docker keeps digests only of what it pulls, and to let it pull from here needs root.",
        "Use sudo, or load by tag with --images=tags.");
  }
}
