package org.fieldlift.forklift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadCacheTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  /// Observed from Forklift v0.9.0-alpha.0.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://example.com/a/b.bin|example.com/a/b.bin",
        "http://example.com/a/b.bin|example.com/a/b.bin",
        "https://example.com:8443/a|example.com:8443/a",
        "https://user:pw@example.com:8443/a/b%20c.bin?x=1&y=2#frag|"
            + "example.com:8443/a/b%20c.bin?x=1&y=2#frag",
        "https://example.com/a b|example.com/a%20b",
        "https://example.com/é.bin|example.com/%C3%A9.bin",
        "https://EXAMPLE.com/A|EXAMPLE.com/A",
        "https://example.com/a?|example.com/a?",
        "https://example.com|example.com",
        "https://example.com/|example.com",
        "https://example.com/a/|example.com/a",
        "https://example.com/a//b|example.com/a/b",
        "https://example.com/a/../b|example.com/b",
        "https://example.com/a?u=http://x.y/z|example.com/a?u=http:/x.y/z",
        "https://example.com/?q=a/b/../c|example.com/?q=a/c",
        "https://example.com/..%2f..%2fx|example.com/..%2f..%2fx",
        "https://[::1]:80/a|[::1]:80/a",
      })
  void aFileLiesWhereForkliftPutIt(String url, String path) throws Problem {
    assertThat(DownloadCache.ofUrl(url)).isEqualTo("http-files/" + path);
  }

  /// By the rules of Go's `net/url`: once something has to be escaped, so is all that need not have
  /// been written out.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "https://e.org/a(1).bin|e.org/a(1).bin",
        "https://e.org/a (1).bin|e.org/a%20%281%29.bin",
        "https://e.org/a'b!*|e.org/a'b!*",
        "https://e.org/%41|e.org/%41",
        "https://e.org/%41 |e.org/A%20",
        "https://e.org/a;b=c,d@e:f$g|e.org/a;b=c,d@e:f$g",
        "https://e.org/{x}|e.org/%7Bx%7D",
        "https://e.org/a?b c é|e.org/a?b c é",
        "https://e.org/a??|e.org/a??",
        "https://e.org/a#|e.org/a",
        "https://e.org/a#b c'(1)|e.org/a#b%20c%27(1)",
        "HTTPS://e.org/a|e.org/a",
        "https://é.org/a|%C3%A9.org/a",
        "https://%C3%a9.org/a|%C3%A9.org/a",
        "https://e.org:/a|e.org:/a",
        "https://[fe80::1%25en0]:80/a|[fe80::1%25en0]:80/a",
        "https://a%40b@e.org/a|e.org/a",
        "https://e.org/../x|x",
      })
  void aNameIsEscapedAsGoEscapesIt(String url, String path) throws Problem {
    assertThat(DownloadCache.ofUrl(url)).isEqualTo("http-files/" + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/../../x",
        "https://example.com/../../../../etc/passwd",
        "https://example.com/a?/../../../../etc/passwd",
        "https://example.com/a#/../../../x",
        "https://example.com/..",
        "https://../x",
        "https://example.com/../../http-files/x",
      })
  void anAddressThatLeadsOutOfTheCacheIsRefused(String url) {
    assertThatThrownBy(() -> DownloadCache.ofUrl(url)).hasMessageContaining("leads out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/a",
        "ftp://example.com/a",
        "https:example.com",
        "https:///a",
        "https://user@/a",
        "https://example.com:port/a",
        "https://exa mple.com/a",
        "https://example.com/%zz",
        "https://example.com/%2",
        "https://%41.com/a",
        "https://[::1/a",
        "https://e.org/a\nb",
        "https://us er@e.org/a",
        "https://e.org/\ud800",
      })
  void whatNobodyCouldDownloadIsRefused(String url) {
    assertThatThrownBy(() -> DownloadCache.ofUrl(url)).hasMessageContaining("no address of a file");
  }

  @Test
  void aNameNoFileSystemHoldsIsRefused() {
    assertThatThrownBy(() -> DownloadCache.ofUrl("https://e.org/" + "é".repeat(90)))
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:secret@e.org/a b?c, https://e.org/a b?c",
    "https://secret@e.org/@x, https://e.org/@x",
    "https://e.org/a@b, https://e.org/a@b",
  })
  void credentialsAreLeftOutAndNothingElse(String url, String without) throws Problem {
    assertThat(DownloadCache.withoutCredentials(url)).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@e.org:port/a",
        "https://user:se/secret@e.org/a",
        "https://user:se?secret@e.org/../../a",
        "https://user:secret@e.org/../../a",
        "ssh://user:secret@e.org/a",
      })
  void noMessageShowsAPassword(String url) {
    assertThatThrownBy(() -> DownloadCache.ofUrl(url))
        .hasMessageContaining("e.org")
        .hasMessageNotContaining("secret");
  }

  /// Observed from Forklift v0.9.0-alpha.0.
  @ParameterizedTest
  @CsvSource({
    "ghcr.io/planktoscope/machine-name:0.1.3, ghcr.io/planktoscope/machine-name/0.1.3",
    "docker.io/library/alpine:3.20, index.docker.io/library/alpine/3.20",
    "docker.io/acme/app:1.0, index.docker.io/acme/app/1.0",
    "ghcr.io/a/b@sha256:HEX, ghcr.io/a/b@sha256/HEX",
    "ghcr.io/a/b:1.0@sha256:HEX, ghcr.io/a/b@sha256/HEX",
    "localhost:5000/a/b:1, localhost/5000/a/b/1",
    "reg.example.com:443/a/b:1, reg.example.com/443/a/b/1",
  })
  void theFilesOfAnImageLieWhereForkliftPutThem(String reference, String path) throws Problem {
    assertThat(DownloadCache.ofImage(reference.replace("HEX", HEX)))
        .isEqualTo("oci-image-fs-tarballs/" + path.replace("HEX", HEX) + ".tar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:5000/a:1",
        "alpine:3.20",
        "library/alpine:3.20",
        "docker.io/alpine:3.20",
        "tecnativa/x:1@sha256:"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "localhost/a/b:1",
        "ghcr.io/a/b",
        "ghcr.io/a/b:",
        "ghcr.io/A/b:1",
        "ghcr.io/a/b@sha256:0123",
        "ghcr.io:port/a/b:1",
        "gh%2ecr.io/a/b:1",
        "user@ghcr.io/a/b:1",
        "",
      })
  void aReferenceForkliftRefusesIsRefused(String reference) {
    assertThatThrownBy(() -> DownloadCache.ofImage(reference))
        .hasMessageContaining("would not accept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghcr.io/../../../x:1", "ghcr.io/a/../../..:1", "../..:1"})
  void aReferenceThatLeadsOutOfTheCacheIsRefused(String reference) {
    assertThatThrownBy(() -> DownloadCache.ofImage(reference)).isInstanceOf(Problem.class);
  }

  @Property(tries = 500)
  void noAddressLeadsOutOfTheCache(
      @ForAll
          @StringLength(max = 40)
          @Chars({'.', '/', '%', '2', 'e', 'f', '?', '#', '@', ':'})
          @CharRange(from = 'a', to = 'c')
          String text) {
    try {
      String path = DownloadCache.ofUrl("https://e.org" + text);
      assertThat(SafePath.fault(path)).isEmpty();
      assertThat(Path.of("/cache/http-files").relativize(Path.of("/cache", path).normalize()))
          .matches(at -> !at.startsWith("..") && !at.toString().isEmpty());
    } catch (Problem refused) {
      assertThat(refused.next()).isNotEmpty();
    }
  }
}
