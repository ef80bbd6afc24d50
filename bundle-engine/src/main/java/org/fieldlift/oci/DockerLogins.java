package org.fieldlift.oci;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import tools.jackson.databind.JsonNode;

/// The logins that `docker login` left on this computer: in Docker's `config.json`, or with the
/// credential helpers it names. Read by Jib, and only when a registry asks.
///
/// What Jib would log is dropped: it may hold what a helper printed.
///
/// @param config Docker's `config.json`; it may be missing
record DockerLogins(Path config) implements Logins {
  private static final int LARGEST = 4 << 20;

  /// This person's.
  static DockerLogins here() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  static DockerLogins of(Map<String, String> environment, Path home) {
    String chosen = environment.getOrDefault("DOCKER_CONFIG", "").strip();
    Path folder = chosen.isEmpty() ? home.resolve(".docker") : Path.of(chosen);
    return new DockerLogins(folder.resolve("config.json"));
  }

  @Override
  public Optional<Login> at(String registry) {
    Optional<Login> identity = identity(registry);
    if (identity.isPresent()) return identity;
    try {
      return DockerConfigCredentialRetriever.create(registry, config)
          .retrieve(_ -> {})
          .map(DockerLogins::login);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      // A file that Docker could not read either; the registry will say that it wants a login.
      return Optional.empty();
    }
  }

  /// Docker keeps one beside a login whose password it then leaves empty; Jib looks at it for Azure
  /// alone.
  private Optional<Login> identity(String registry) {
    try {
      JsonNode auths =
          Json.readObject(Limits.readFile(config, LARGEST), "config.json").path("auths");
      for (String key : List.of(registry, "https://" + registry, "https://" + registry + "/")) {
        String token = auths.path(key).path("identitytoken").asString("");
        if (!token.isEmpty()) return Optional.of(new Login(Login.IDENTITY, token));
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Login login(Credential found) {
    return new Login(found.getUsername(), found.getPassword());
  }
}
