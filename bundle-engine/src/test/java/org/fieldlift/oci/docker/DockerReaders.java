package org.fieldlift.oci.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The readers of what a daemon says.
public final class DockerReaders {
  private static final Path SOCKET = Path.of("/run/docker.sock");

  private DockerReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "docker-answer",
        DockerReaders::answer,
        "docker-images",
        bytes -> Docker.rows(new ByteArrayInputStream(bytes)),
        "docker-image",
        bytes ->
            StoredImage.inspected(Docker.fields(new ByteArrayInputStream(bytes), "The image")));
  }

  private static void answer(byte[] bytes) throws IOException {
    try {
      DockerNews.read(Conversation.read(new ByteArrayInputStream(bytes)).body());
    } catch (IOException cut) {
      throw DockerTrouble.broken(SOCKET, cut);
    }
  }
}
