package org.fieldlift.forklift.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.fieldlift.forklift.BundleFixture;
import org.fieldlift.forklift.git.GitFixture;
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
  void aLogOfAnyLengthIsLookedAt() throws IOException {
    String line = "1 2 Lab <lab@example.org> 1 +0000\tfetch: https://a:secret@e.org/x\n";
    BundleFixture.file(bundle, "pallet/.git/logs/HEAD", line.repeat(30_000));
    BundleFixture.file(bundle, "pallet/.git/logs/large", "x\n".repeat(9 << 20) + line);
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(2);
    assertThat(stripped(secrets, "pallet/.git/logs/HEAD"))
        .isEqualTo(line.replace("a:secret@", "").repeat(30_000));
    assertThat(secrets.remaining())
        .singleElement()
        .asString()
        .contains("pallet/.git/logs/large", "so large that --strip-secrets leaves it");
  }

  @Test
  void aFileThatGitTracksStaysAndIsToldOf() throws IOException {
    Path pallet = GitFixture.repository(bundle.resolve("pallet"));
    String yaml = "a: {url: 'https://me:secret@e.org/x'}\n";
    BundleFixture.file(pallet, "packages/[a]/forklift-package.yml", yaml);
    BundleFixture.file(pallet, ".netrc", "machine e.org password secret");
    BundleFixture.file(
        pallet, ".gitmodules", "[submodule \"x\"]\n\turl = https://a:secret@e.org\n");
    GitFixture.git(pallet, "add", "--all");
    GitFixture.git(pallet, "commit", "--quiet", "--message=packages");
    BundleFixture.file(pallet, "packages/new/forklift-package.yml", yaml);
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(4);
    assertThat(secrets.remaining())
        .hasSize(3)
        .allMatch(words -> words.contains("git tracks the file") && !words.contains("secret@"));
    assertThat(secrets.stripped()).containsOnlyKeys("pallet/packages/new/forklift-package.yml");
  }

  @Test
  void whatWasImportedIntoTheMergedPalletIsTakenOutThere() throws IOException {
    Path merged = GitFixture.repository(bundle.resolve("merged-pallet"));
    BundleFixture.file(merged, "packages/a/forklift-package.yml", "url: https://me:x@e.org/x\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.remaining()).isEmpty();
    assertThat(stripped(secrets, "merged-pallet/packages/a/forklift-package.yml"))
        .isEqualTo("url: https://e.org/x\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.worktree",
        "modules/sub/config",
        "modules/lib/sub/config.worktree",
        "worktrees/w/config.worktree"
      })
  void settingsOfWorkTreesAndSubmodulesCount(String file) throws IOException {
    GitFixture.git(bundle, "init", "--quiet", "pallet");
    Path place = bundle.resolve("pallet/.git").resolve(file);
    BundleFixture.file(place.resolveSibling(""), "HEAD", "ref: refs/heads/main\n");
    BundleFixture.file(
        place.resolveSibling(""),
        place.getFileName().toString(),
        "[core]\n\tbare = false\n[http]\n\textraheader = AUTHORIZATION: basic secret\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings())
        .containsExactly(
            "The setting http.extraheader may hold a secret or lead to one (in pallet/.git/"
                + file
                + ").");
    assertThat(secrets.remaining()).isEmpty();
    assertThat(stripped(secrets, "pallet/.git/" + file)).isEqualTo("[core]\n\tbare = false\n");
  }

  @Test
  void aBranchMayBeCalledAsAFileOfGits() throws IOException {
    Path pallet = GitFixture.repository(bundle.resolve("pallet"));
    for (String branch : List.of("config", "credentials", "objects/x")) {
      GitFixture.git(pallet, "update-ref", "refs/remotes/origin/" + branch, "HEAD");
      BundleFixture.file(
          pallet, ".git/logs/refs/remotes/origin/" + branch, "from https://me:secret@e.org\n");
    }
    GitFixture.git(
        pallet, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/config");
    BundleFixture.file(pallet, ".git/logs/refs/remotes/origin/HEAD", "1 2\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(3).allMatch(words -> words.contains("notes an address"));
    assertThat(secrets.stripped()).hasSize(3);
  }

  @Test
  void whereALinkedWorkTreeLiesIsToldOf() throws IOException {
    BundleFixture.file(bundle, "pallet/.git/worktrees/w/HEAD", "ref: refs/heads/main\n");
    BundleFixture.file(bundle, "pallet/.git/worktrees/w/gitdir", "/home/me/w/.git\n");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings())
        .containsExactly(
            "pallet/.git/worktrees/w/gitdir tells a place on the machine that staged it.");
    assertThat(secrets.stripped().get("pallet/.git/worktrees/w/gitdir")).isEmpty();
  }

  @Test
  void aRepositoryInThePalletIsSearchedAsThePalletIs() throws IOException {
    Path inner = GitFixture.repository(bundle.resolve("pallet/deps/inner"));
    GitFixture.git(inner, "remote", "add", "origin", "https://me:secret@e.org/x");
    BundleFixture.file(inner, "forklift-package.yml", "url: https://me:secret@e.org/x\n");
    GitFixture.git(inner, "add", "--all");
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(2);
    assertThat(secrets.remaining()).singleElement().asString().contains("git tracks the file");
    assertThat(secrets.stripped()).containsOnlyKeys("pallet/deps/inner/.git/config");
  }

  @Test
  void aTokenInAQueryIsToldOfByNameAndStays() throws IOException {
    String url = "https://e.org/a?private_token=s3cret";
    String manifest = BundleFixture.MANIFEST + "x: " + url + "\n";
    BundleFixture.file(bundle, "forklift-bundle.yml", manifest);
    BundleFixture.file(bundle, PACKAGE, "a: {url: '" + url + "'}\n");
    GitFixture.git(bundle, "init", "--quiet", "pallet");
    GitFixture.git(bundle.resolve("pallet"), "config", "remote.origin.url", url);
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSize(3).noneMatch(words -> words.contains("s3cret"));
    assertThat(secrets.remaining())
        .hasSize(2)
        .allMatch(words -> words.contains("may be a token (private_token)"));
    assertThat(secrets.stripped()).containsOnlyKeys("pallet/.git/config");
    assertThat(stripped(secrets, "pallet/.git/config")).doesNotContain("s3cret");
  }

  @Test
  void anAppsPasswordFileStaysAndIsToldOf() throws IOException {
    BundleFixture.file(bundle, "packages/a/.netrc", "machine e.org password secret");
    assertThat(Secrets.of(bundle).remaining())
        .singleElement()
        .asString()
        .contains("packages/a/.netrc", "an app may need it");
  }

  @Test
  void aBundleMadeOfSecretsDoesNotFillTheScreen() throws IOException {
    for (int i = 0; i < 300; i++) {
      BundleFixture.file(
          bundle, "packages/" + i + "/forklift-package.yml", "url: https://a:b@e.org\n");
    }
    Secrets secrets = Secrets.of(bundle);
    assertThat(secrets.warnings()).hasSizeLessThan(210).last().asString().contains("more");
    assertThat(secrets.stripped()).hasSize(300);
  }

  @Test
  void aCheckoutInACacheIsSearchedUnderItsPlace() throws IOException {
    BundleFixture.file(bundle, "x/a/forklift-package.yml", "url: https://a:b@e.org\n");
    Secrets secrets = Secrets.ofCheckout(bundle.resolve("x"), "caches/pallets/e.org/x@v1");
    assertThat(secrets.warnings())
        .containsExactly(
            "Addresses in caches/pallets/e.org/x@v1/a/forklift-package.yml hold user names or"
                + " passwords.");
    assertThat(secrets.stripped()).containsOnlyKeys("a/forklift-package.yml");
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
