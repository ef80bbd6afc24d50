package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;

/// Our registries, one for each port that references name and a mirror for Docker Hub.
final class StandIns implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final String address;
  private final WantedRegistries wanted;
  private final LoopbackCertificate certificate;
  private final RegistryShelf shelf;
  private final ImageLayout layout;
  private final BlobReply blobs;
  private final Cancellation pulls;
  private final List<LoopbackRegistry> servers = new ArrayList<>();
  private final List<Machine.Redirect> redirects = new ArrayList<>();
  private final AtomicReference<Optional<Problem>> trouble =
      new AtomicReference<>(Optional.empty());

  /// @param address on loopback, of our own
  /// @param pulls is cancelled when our own images turn out to be damaged: a daemon would ask for
  ///   them again and again
  StandIns(
      String address,
      ImageLayout layout,
      List<Image> images,
      LongConsumer served,
      Cancellation pulls) {
    this.address = address;
    this.wanted = WantedRegistries.of(images.stream().map(Image::reference).toList());
    this.certificate = LoopbackCertificate.of(wanted.names());
    this.shelf = new RegistryShelf(images);
    this.layout = layout;
    this.blobs = new BlobReply(layout, served);
    this.pulls = pulls;
  }

  /// Begins to answer for the registries that have names of their own.
  ///
  /// @return how a daemon gets past ports that somebody else holds
  List<Machine.Redirect> open() throws IOException {
    for (int port : wanted.ports()) {
      try {
        servers.add(secure(at(address, port)));
      } catch (BindException taken) {
        LoopbackRegistry elsewhere = secure(at(LOOPBACK, 0));
        servers.add(elsewhere);
        redirects.add(new Machine.Redirect(address, port, elsewhere.port()));
      }
    }
    return List.copyOf(redirects);
  }

  /// Begins to mirror Docker Hub.
  ///
  /// @return its address
  String openMirror() throws IOException {
    LoopbackRegistry hub =
        LoopbackRegistry.mirror(at(address, 0), shelf, layout, blobs, this::noteTrouble);
    servers.add(hub);
    return "http://" + address + ":" + hub.port();
  }

  /// The certificate as `certs.d` wants it.
  byte[] pem() {
    return certificate.pem();
  }

  /// What was wrong with our own images.
  Optional<Problem> trouble() {
    return trouble.get();
  }

  private LoopbackRegistry secure(InetSocketAddress at) throws IOException {
    return LoopbackRegistry.secure(at, certificate, shelf, layout, blobs, this::noteTrouble);
  }

  private void noteTrouble(Problem ours) {
    trouble.compareAndSet(Optional.empty(), Optional.of(ours));
    pulls.cancel();
  }

  private static InetSocketAddress at(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  @Override
  public void close() {
    servers.forEach(LoopbackRegistry::close);
  }
}
