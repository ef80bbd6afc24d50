package org.fieldlift.oci.docker.loading;

import java.util.List;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.DaemonFacts;

/// The way images take into a certain daemon, and whether they can.
///
/// @param way never [Way#AUTO]
record ChosenWay(Way way, DaemonFacts daemon) {
  static ChosenWay of(Way told, DaemonFacts daemon) {
    return new ChosenWay(told.with(daemon), daemon);
  }

  /// @throws Problem when images of these names cannot
  void require(List<ImageReference> missing) throws Problem {
    if (missing.isEmpty()) return;
    switch (way) {
      case REGISTRY -> {
        if (daemon.isRootless()) throw rootless();
        if (daemon.hasProxy()) throw proxied();
        for (ImageReference each : missing) requireName(each);
      }
      case LAYOUT -> {
        if (daemon.store() == DaemonFacts.Store.CLASSIC) throw forgetful();
      }
      case TAGS -> {
        for (ImageReference each : missing) requireTag(each);
      }
      case NONE, AUTO -> {}
    }
  }

  private static void requireTag(ImageReference reference) throws Problem {
    if (reference.tag() != null) return;
    throw Problem.failed(
        "%s has no tag, so Docker cannot be given it by tag."
            .formatted(PlainText.of(reference.text())),
        "Leave out --images=tags (as root, if Docker has its classic store).");
  }

  private static Problem rootless() {
    return Problem.failed(
        "This Docker is rootless, in a network of its own; it cannot pull from here.",
        "Load by tag with --images=tags, or switch it to the containerd image store.");
  }

  private static Problem proxied() {
    return Problem.failed(
        "This Docker reaches registries through a proxy only; it would not come to us.",
        "Start it without HTTPS_PROXY, or load by tag with --images=tags.");
  }

  private static Problem forgetful() {
    return Problem.usage(
        "This Docker keeps images in its classic store, which forgets digests when it loads.",
        "Use --images=registry, or leave it out.");
  }

  /// An address has no name that could be ours.
  private static void requireName(ImageReference reference) throws Problem {
    String host = reference.registry().replaceFirst(":[0-9]+$", "");
    boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
    if (!isAddress && !host.equals("localhost")) return;
    throw Problem.failed(
        "%s is on a registry without a name, which nobody can stand in for."
            .formatted(PlainText.of(reference.text())),
        "Load by tag with --images=tags.");
  }
}
