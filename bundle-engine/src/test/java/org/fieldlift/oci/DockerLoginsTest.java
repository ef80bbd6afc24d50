package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.fieldlift.oci.Logins.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerLoginsTest {
  @TempDir Path home;

  @Test
  void aLoginIsReadFromDockersConfig() throws IOException {
    config("{\"auths\":{\"reg.example:5000\":{\"auth\":\"%s\"}}}".formatted(base64("ana:a:b")));
    assertThat(logins().at("reg.example:5000")).contains(new Login("ana", "a:b"));
    assertThat(logins().at("reg.example")).isEmpty();
  }

  @Test
  void dockerHubIsKnownByItsOldAddress() throws IOException {
    String address = "https://index.docker.io/v1/";
    config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(address, base64("ana:pw")));
    assertThat(logins().at("docker.io")).contains(new Login("ana", "pw"));
  }

  @Test
  void anIdentityTokenStandsForThePasswordDockerLeavesEmpty() throws IOException {
    for (String key : List.of("reg.example", "https://reg.example")) {
      config(
          "{\"auths\":{\"%s\":{\"auth\":\"%s\",\"identitytoken\":\"t0ken\"}}}"
              .formatted(key, base64("ana:")));
      assertThat(logins().at("reg.example")).contains(new Login(Login.IDENTITY, "t0ken"));
      assertThat(logins().at("reg.example").orElseThrow().isIdentity()).isTrue();
      assertThat(logins().at("other.example")).isEmpty();
    }
  }

  @Test
  void aFileThatIsMissingOrBrokenHasNoLogins() throws IOException {
    assertThat(logins().at("reg.example")).isEmpty();
    for (String broken :
        List.of(
            "",
            "{",
            "[]",
            "{\"auths\":{\"reg.example\":{\"auth\":\"%%\"}}}",
            "{\"auths\":{\"reg.example\":{\"auth\":\"" + base64("nocolon") + "\"}}}")) {
      config(broken);
      assertThat(logins().at("reg.example")).as(broken).isEmpty();
    }
  }

  @Test
  void dockersOwnVariableNamesAnotherFolder() {
    Map<String, String> environment = Map.of("DOCKER_CONFIG", "/etc/lab");
    assertThat(DockerLogins.of(environment, home).config())
        .isEqualTo(Path.of("/etc/lab/config.json"));
  }

  @Test
  void aLoginNeverShowsItself() {
    assertThat(new Login("ana", "s3cret")).hasToString("a login");
  }

  private DockerLogins logins() {
    return DockerLogins.of(Map.of(), home);
  }

  private void config(String json) throws IOException {
    Files.createDirectories(home.resolve(".docker"));
    Files.writeString(home.resolve(".docker/config.json"), json);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
