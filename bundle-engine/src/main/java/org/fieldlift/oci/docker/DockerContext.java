package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import tools.jackson.databind.JsonNode;

/// Which daemon Docker's own programs talk to when nobody names one: that of a context a person
/// chose (`docker context use`).
///
/// @param folder of Docker's own settings
/// @see <a href="https://docs.docker.com/engine/manage-resources/contexts/">Docker contexts</a>
record DockerContext(Path folder) {
  private static final String DEFAULT = "default";
  private static final int LARGEST = 4 << 20;

  static DockerContext of(Map<String, String> environment) {
    String chosen = environment.getOrDefault("DOCKER_CONFIG", "").strip();
    Path home = Path.of(environment.getOrDefault("HOME", "."));
    return new DockerContext(chosen.isEmpty() ? home.resolve(".docker") : Path.of(chosen));
  }

  /// The address of the chosen context's daemon; nothing when none is chosen.
  ///
  /// @throws Problem of kind USAGE when the chosen context is not to be found
  Optional<String> host(Map<String, String> environment) throws Problem {
    String named = environment.getOrDefault("DOCKER_CONTEXT", "").strip();
    String name = named.isEmpty() ? current() : named;
    if (name.isEmpty() || name.equals(DEFAULT)) return Optional.empty();
    Path meta = folder.resolve("contexts/meta").resolve(Digest.of(name.getBytes(UTF_8)).hex());
    String host =
        read(meta.resolve("meta.json")).path("Endpoints").path("docker").path("Host").asString("");
    if (!host.isEmpty()) return Optional.of(host);
    throw Problem.usage(
        "The Docker context %s is chosen, but there is none of that name."
            .formatted(PlainText.of(name)),
        "See which there are with: docker context ls; or name a socket with --docker.");
  }

  private String current() {
    return read(folder.resolve("config.json")).path("currentContext").asString("");
  }

  /// A file that cannot be read says nothing, as it does to Docker.
  private static JsonNode read(Path file) {
    try {
      if (Files.exists(file)) return Json.readObject(Limits.readFile(file, LARGEST), "settings");
    } catch (IOException unreadable) {
      return Json.object();
    }
    return Json.object();
  }
}
