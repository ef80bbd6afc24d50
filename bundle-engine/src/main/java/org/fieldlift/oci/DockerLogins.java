package org.fieldlift.oci;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.credentials.DockerConfigCredentialRetriever;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The logins that `docker login` left on this computer: in Docker's `config.json`, or with the
/// credential helpers it names. Read by Jib, and only when a registry asks.
///
/// What Jib would log is dropped: it may hold what a helper printed.
///
/// @param config Docker's `config.json`; it may be missing
record DockerLogins(Path config) implements Logins {

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
    try {
      return DockerConfigCredentialRetriever.create(registry, config)
          .retrieve(_ -> {})
          .filter(found -> !found.isOAuth2RefreshToken())
          .map(DockerLogins::login);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      // A file that Docker could not read either; the registry will say that it wants a login.
      return Optional.empty();
    }
  }

  private static Login login(Credential found) {
    return new Login(found.getUsername(), found.getPassword());
  }
}
