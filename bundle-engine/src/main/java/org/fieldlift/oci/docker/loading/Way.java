package org.fieldlift.oci.docker.loading;

import org.fieldlift.oci.docker.DaemonFacts;

/// How images get into a daemon.
public enum Way {
  /// The one that keeps digests with this daemon: [#LAYOUT] or [#REGISTRY].
  AUTO,
  /// Sent to the daemon in one tar. Keeps digests where images are in containerd's store.
  LAYOUT,
  /// The daemon pulls them from a registry on this machine's loopback. Keeps digests everywhere;
  /// needs root, and changes the machine as long as it takes.
  REGISTRY,
  /// Sent to the daemon in one tar by tag. Digests are lost: `name:tag@sha256:…` finds nothing.
  TAGS,
  /// Not at all; only looks what is there.
  NONE;

  /// What is done with this daemon.
  Way with(DaemonFacts facts) {
    if (this != AUTO) return this;
    return switch (facts.store()) {
      case CONTAINERD -> LAYOUT;
      case CLASSIC -> REGISTRY;
    };
  }
}
