package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String PACKAGE =
      "packages/git.example.org/lab/pkgs/viewer/forklift-package.yml";

  @TempDir Path bundle;

  @BeforeEach
  void write() throws IOException {
    BundleFixture.write(bundle);
  }

  @Test
  void aBundleWithoutAnyIsQuiet() throws IOException {
    BundleFixture.file(
        bundle,
        "pallet/.git/config",
        "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://git.example.org/lab/x\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).isEmpty();
    assertThat(secrets.stripped()).isEmpty();
  }

  @Test
  void passwordsInAddressesOfDownloadsAreTakenOutOfManifestAndPackage() throws IOException {
    String manifest =
        BundleFixture.MANIFEST.replace(
            "    oci-image:\n", "    http:\n      - https://me:secret@e.org/b@2\n    oci-image:\n");
    BundleFixture.file(bundle, "forklift-bundle.yml", manifest);
    BundleFixture.file(bundle, PACKAGE, "a: {url: 'https://me:secret@e.org/é'}\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(2).noneMatch(words -> words.contains("secret"));
    assertThat(stripped(secrets, "forklift-bundle.yml"))
        .isEqualTo(manifest.replace("me:secret@", ""));
    assertThat(stripped(secrets, PACKAGE)).isEqualTo("a: {url: 'https://e.org/é'}\n");
    assertThat(bundle.resolve(PACKAGE)).content().contains("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remote.origin.url | https://me:s3cret@e.org/x | holds a user name or password",
        "remote.origin.url | https://s3cret@e.org/x | holds a user name or password",
        "remote.origin.pushurl | ssh://me:s3cret@e.org/x | holds a user name or password",
        "url.https://me:s3cret@e.org/.insteadOf | https://e.org/ | holds a user name or password",
        "http.https://e.org/.extraHeader | AUTHORIZATION: basic s3cret | may hold a secret",
        "http.extraheader | s3cret | may hold a secret",
        "http.cookieFile | /home/dev/.s3cret | may hold a secret",
        "http.https://e.org/.cookiefile | s3cret | may hold a secret",
        "http.sslKey | /home/dev/s3cret.pem | may hold a secret",
        "http.proxy | http://me:s3cret@proxy:3128 | holds a user name or password",
        "credential.helper | store --file /home/dev/s3cret | may hold a secret",
        "remote.forklift-cache-mirror.url | /home/s3cret/mirror | tells a place on the machine",
        "core.excludesFile | ~/s3cret | tells a place on the machine",
        "include.path | /home/s3cret/config | tells a place on the machine",
      })
  void aSettingIsNamedWithoutItsSecretAndLeftOut(String key, String value, String warning)
      throws IOException {
    for (String clone : List.of("pallet", "merged-pallet")) {
      GitFixture.git(bundle, "init", "--quiet", clone);
      GitFixture.git(bundle.resolve(clone), "config", key, value);
    }
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings())
        .hasSize(2)
        .allMatch(words -> words.contains(warning) && !words.contains("s3cret"));
    assertThat(secrets.stripped())
        .containsOnlyKeys("pallet/.git/config", "merged-pallet/.git/config");
    assertThat(stripped(secrets, "pallet/.git/config")).doesNotContain("s3cret").contains("bare");
  }

  @Test
  void aSettingThatRunsAProgramDoesNotTravel() throws IOException {
    GitFixture.git(bundle, "init", "--quiet", "pallet");
    for (String key : List.of("core.fsmonitor", "core.sshCommand", "filter.x.smudge", "alias.a")) {
      GitFixture.git(bundle.resolve("pallet"), "config", key, "run");
    }
    GitFixture.git(bundle.resolve("pallet"), "config", "remote.x.url", "ext::sh -c run");
    assertThat(stripped(Secrets.of(bundle), "pallet/.git/config")).doesNotContain("run");
  }

  @ParameterizedTest
  @ValueSource(strings = {".git-credentials", ".netrc", "_netrc", ".git/credentials"})
  void aFileMadeForPasswordsIsEmptied(String file) throws IOException {
    BundleFixture.file(bundle, "pallet/" + file, "https://me:secret@e.org\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings())
        .containsExactly("The file pallet/" + file + " is made for passwords.");
    assertThat(secrets.stripped().get("pallet/" + file)).isEmpty();
  }

  @Test
  void whatGitNotedDownIsLookedAtToo() throws IOException {
    BundleFixture.file(bundle, "pallet/.git/FETCH_HEAD", "x 'main' of https://a:secret@e.org/x\n");
    BundleFixture.file(bundle, "pallet/.git/logs/HEAD", "clone: from https://a:secret@e.org/x\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(2);
    assertThat(stripped(secrets, "pallet/.git/logs/HEAD"))
        .isEqualTo("clone: from https://e.org/x\n");
    assertThat(stripped(secrets, "pallet/.git/FETCH_HEAD")).doesNotContain("secret");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(bundle.resolve("outside"));
    Files.writeString(outside.resolve("config"), "[http]\n\textraheader = secret\n");
    Files.createDirectory(bundle.resolve("pallet"));
    Files.createSymbolicLink(bundle.resolve("pallet/.git"), outside);
    assertThat(Secrets.of(bundle).warnings()).isEmpty();
  }

  private static String stripped(Secrets secrets, String file) {
    return new String(Objects.requireNonNull(secrets.stripped().get(file)), UTF_8);
  }
}
