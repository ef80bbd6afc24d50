package org.fieldlift.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20",
    "library/alpine, docker.io/library/alpine:latest",
    "docker.io/alpine, docker.io/library/alpine:latest",
    "index.docker.io/library/alpine, docker.io/library/alpine:latest",
    "tecnativa/docker-socket-proxy:0.3.0, docker.io/tecnativa/docker-socket-proxy:0.3.0",
    "ghcr.io/a/b, ghcr.io/a/b:latest",
    "localhost/a, localhost/a:latest",
    "localhost:5000/a:1, localhost:5000/a:1",
    "foo:5000/bar, foo:5000/bar:latest",
    "Registry/app:1, Registry/app:1",
    "[::1]:5000/a/b:1, [::1]:5000/a/b:1",
    "a/b/c__d/e--f:v1.2-rc_1, docker.io/a/b/c__d/e--f:v1.2-rc_1"
  })
  void whatIsLeftOutIsFilledInAsDockerDoes(String text, String canonical) throws Problem {
    ImageReference reference = ImageReference.parse(text);
    assertThat(reference.canonical()).isEqualTo(canonical);
    assertThat(reference.text()).isEqualTo(text);
    assertThat(ImageReference.parse(canonical).canonical()).isEqualTo(canonical);
  }

  @Test
  void aPinnedReferenceIsKnownByItsDigestAlone() throws Problem {
    ImageReference reference = ImageReference.parse("tecnativa/proxy:0.3.0@" + DIGEST);
    assertThat(reference.isPinned()).isTrue();
    assertThat(reference.tag()).isEqualTo("0.3.0");
    assertThat(reference.canonical()).isEqualTo("docker.io/tecnativa/proxy@" + DIGEST);
    assertThat(ImageReference.parse("tecnativa/proxy@" + DIGEST).tag()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "alpine:",
        "alpine@",
        "Alpine",
        "ghcr.io/Lab/app",
        "ghcr.io/",
        "ghcr.io//a",
        "ghcr.io/a/",
        "-a",
        "a..b",
        "a___b",
        "a:b:c",
        "a:.b",
        "a@sha256:0123",
        "a@sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "-bad.example/a",
        "bad-.example/a",
        "host:port/a",
        "https://ghcr.io/a/b",
        "a/../b",
        "a\u202e",
        "a\n"
      })
  void whatDockerRefusesIsRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
  }

  @Test
  void whatIsTooLongIsRefused() {
    String name = "a".repeat(256);
    assertThatThrownBy(() -> ImageReference.parse("ghcr.io/" + name)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> ImageReference.parse("a:" + "b".repeat(129)))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(() -> ImageReference.parse("a/".repeat(100_000) + "a"))
        .isInstanceOf(Problem.class);
  }

  @Property
  void anythingIsReadOrRefusedAndTheCanonicalNameIsItsOwn(
      @ForAll
          @StringLength(max = 40)
          @CharRange(from = '-', to = ':')
          @CharRange(from = 'a', to = 'c')
          String text) {
    try {
      ImageReference reference = ImageReference.parse(text);
      String canonical = reference.canonical();
      assertThat(ImageReference.parse(canonical).canonical()).isEqualTo(canonical);
    } catch (Problem refused) {
      assertThat(refused.kind()).isEqualTo(Problem.Kind.USAGE);
    }
  }
}
