package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.engine.FieldDesk.DockerOrder;
import org.fieldlift.oci.docker.loading.Way;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How container images get into this device's Docker.
final class DockerOptions {
  @Option(
      names = "--docker",
      paramLabel = "SOCKET",
      description =
          "Docker's socket (default: DOCKER_HOST, Docker's context, or /var/run/docker.sock).")
  @Nullable Path socket;

  @Option(
      names = "--images",
      paramLabel = "WAY",
      defaultValue = "auto",
      description = {
        "auto: the way that keeps digests with this Docker (default).",
        "layout: sent to Docker; keeps digests where it has the containerd image store.",
        "registry: Docker pulls from this machine; keeps digests everywhere, needs root, and"
            + " changes /etc/hosts and Docker's certificates while it runs.",
        "tags: sent to Docker by tag; references with a digest do not find their image then.",
        "none: images are left alone."
      })
  Way way;

  @Option(
      names = "--even-if-reachable",
      description =
          "Stand in for registries while images load though they can be reached from here.")
  boolean evenIfReachable;

  DockerOrder order() {
    return new DockerOrder(Optional.ofNullable(socket), way, evenIfReachable);
  }
}
