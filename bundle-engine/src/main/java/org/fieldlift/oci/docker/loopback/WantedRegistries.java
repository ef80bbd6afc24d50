package org.fieldlift.oci.docker.loopback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.fieldlift.oci.ImageReference;

/// The registries that references name.
///
/// @param registries as references have them, with a port where it is not the usual one; Docker Hub
///   is not among them, for it is mirrored and not stood in for
record WantedRegistries(List<String> registries, boolean hasHub) {
  private static final int HTTPS = 443;
  private static final String HUB = "registry-1.docker.io";

  static WantedRegistries of(Collection<ImageReference> references) {
    TreeSet<String> all = new TreeSet<>();
    for (ImageReference each : references) all.add(each.registry());
    boolean hasHub = all.remove(ImageReference.DOCKER_HUB);
    return new WantedRegistries(List.copyOf(all), hasHub);
  }

  /// Their names without ports, each once.
  TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (String registry : registries) names.add(name(registry));
    return names;
  }

  TreeSet<Integer> ports() {
    TreeSet<Integer> ports = new TreeSet<>();
    for (String registry : registries) ports.add(port(registry));
    return ports;
  }

  /// Those that answer from here.
  List<String> reachable(Machine machine) {
    List<String> found = new ArrayList<>();
    for (String registry : registries) {
      if (machine.reaches(name(registry), port(registry))) found.add(registry);
    }
    if (hasHub && machine.reaches(HUB, HTTPS)) found.add(ImageReference.DOCKER_HUB);
    return found;
  }

  private static String name(String registry) {
    int colon = registry.lastIndexOf(':');
    return colon < 0 ? registry : registry.substring(0, colon);
  }

  private static int port(String registry) {
    int colon = registry.lastIndexOf(':');
    return colon < 0 ? HTTPS : Integer.parseInt(registry.substring(colon + 1));
  }
}
