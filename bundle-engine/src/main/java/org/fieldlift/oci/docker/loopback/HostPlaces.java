package org.fieldlift.oci.docker.loopback;

import java.nio.file.Path;

/// The places of a machine that are changed while a daemon of the classic store pulls from us, and
/// how it is made to notice.
///
/// @param hosts `/etc/hosts`
/// @param certificates Docker's `certs.d`
/// @param marker says what to undo while something is changed; nobody else's
/// @param proc the kernel's list of processes
/// @param address on loopback, of our own
public record HostPlaces(
    Path hosts, Path certificates, Path marker, Path proc, String address, Machine machine) {
  private static final String ADDRESS = "127.0.0.77";

  /// Those of this machine. The marker lies where every user's Fieldlift looks: what a run as root
  /// left must not depend on whose station it ran for.
  public static HostPlaces here() {
    return new HostPlaces(
        Path.of("/etc/hosts"),
        Path.of("/etc/docker/certs.d"),
        Path.of("/var/lib/fieldlift/docker-undo.json"),
        Path.of("/proc"),
        ADDRESS,
        new ThisMachine());
  }
}
