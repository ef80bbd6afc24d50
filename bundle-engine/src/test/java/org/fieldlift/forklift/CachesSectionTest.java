package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.forklift.CachesSection.Download;
import org.fieldlift.forklift.CachesSection.Image;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachesSectionTest {
  private static final Digest ONES = new Digest("1".repeat(64));
  private static final CachesSection SECTION =
      new CachesSection(
          "linux/arm64",
          List.of("git.example.org/lab/microscope"),
          List.of("git.example.org/lab/base@v1.1.0"),
          List.of("git.example.org/lab/pkgs@v0.0.0-20260210101010-0cbf52b1f36d"),
          List.of(
              new Download(
                  "https://example.org/a b?c: d#e", "http-files/example.org/a%20b?c: d#e", ONES)),
          List.of(new Image("registry.example.org/lab/viewer:1.0@" + ONES, ONES)));

  @Test
  void theSectionFollowsTheOriginalBytesBehindALineOfComment() throws Problem {
    assertThat(new String(SECTION.append(original()), UTF_8))
        .isEqualTo(
            BundleFixture.MANIFEST
                + """
                # Added by Fieldlift; Forklift passes over what follows.
                caches:
                  platform: linux/arm64
                  mirrors:
                    - git.example.org/lab/microscope
                  pallets:
                    - git.example.org/lab/base@v1.1.0
                  repositories:
                    - git.example.org/lab/pkgs@v0.0.0-20260210101010-0cbf52b1f36d
                  downloads:
                    - url: 'https://example.org/a b?c: d#e'
                      path: 'http-files/example.org/a%20b?c: d#e'
                      sha256: "1111111111111111111111111111111111111111111111111111111111111111"
                  images:
                    - reference: registry.example.org/lab/viewer:1.0@sha256:ONES
                      digest: sha256:ONES
                """
                    .replace("ONES", "1".repeat(64)));
  }

  @Test
  void whatWasAppendedIsReadAndCutOffAgain() throws IOException {
    byte[] extended = SECTION.append(original());
    assertThat(CachesSection.parse(extended)).contains(SECTION);
    assertThat(CachesSection.original(extended)).isEqualTo(original());
    assertThat(BundleManifest.parse(extended)).isEqualTo(BundleManifest.parse(original()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "description: x",
        "description: x\r\n",
        "description: x\r",
        "description: |\n    x\n",
        "description: |+\n    x\n\n\n",
        "description: x # comment",
        "description: 'x'\n# comment",
        "description: x\n\n",
      })
  void theOriginalComesBackByteByByteHoweverItEnds(String end) throws IOException {
    byte[] bytes = ("pallet:\n  path: a\ndeploys: {}\n" + end).getBytes(UTF_8);
    byte[] extended = SECTION.append(bytes);
    assertThat(CachesSection.original(extended)).isEqualTo(bytes);
    assertThat(CachesSection.parse(extended)).contains(SECTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b\n...\n",
        "a: b\n...",
        "{a: b}\n",
        "{a: b}",
        "--- {a: b}\n",
        "  a: b\n",
      })
  void aManifestThatNothingCanBeAppendedToIsRefused(String manifest) {
    assertThatThrownBy(() -> SECTION.append(manifest.getBytes(UTF_8)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Nothing can be appended");
  }

  @Test
  void aManifestInAnotherEncodingIsRefused() {
    byte[] wide = ("\ufeff" + BundleFixture.MANIFEST).getBytes(StandardCharsets.UTF_16BE);
    assertThatThrownBy(() -> SECTION.append(wide)).hasMessageContaining("Nothing can be appended");
  }

  @Test
  void anotherProgramsSectionIsNeitherReplacedNorRead() throws Problem {
    byte[] foreign = (BundleFixture.MANIFEST + "caches: {images: x}\n").getBytes(UTF_8);
    assertThatThrownBy(() -> SECTION.append(foreign)).hasMessageContaining("already has");
    assertThat(CachesSection.parse(foreign)).isEmpty();
    assertThat(CachesSection.original(foreign)).isEqualTo(foreign);
  }

  @Test
  void nothingIsAppendedTwice() throws Problem {
    byte[] extended = SECTION.append(original());
    assertThatThrownBy(() -> SECTION.append(extended)).hasMessageContaining("already has");
  }

  @Test
  void aMarkHiddenInATextIsRefused() {
    byte[] hidden =
        ("a: |\n  x\n# Added by Fieldlift; Forklift passes over what follows.\nb: c\n")
            .getBytes(UTF_8);
    assertThatThrownBy(() -> SECTION.append(hidden)).isInstanceOf(Problem.class);
  }

  @Test
  void aManifestWithoutSectionIsItsOwnOriginal() throws Problem {
    assertThat(CachesSection.original(original())).isEqualTo(original());
    assertThat(CachesSection.parse(original())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caches: {platform: ../..}",
        "caches: {}",
        "caches: {platform: linux/arm64, mirrors: [../x]}",
        "caches: {platform: linux/arm64, pallets: [/x]}",
        "caches: {platform: linux/arm64, repositories: ['']}",
        "caches: {platform: linux/arm64, downloads: [{url: u, path: a/../../b, sha256: x}]}",
        "caches: {platform: linux/arm64, downloads: [{url: u, path: a, sha256: x}]}",
        "caches: {platform: linux/arm64, images: [{reference: r, digest: md5:1}]}",
        "caches: [x]",
      })
  void aSectionThatMakesNoSenseIsRefused(String section) {
    String mark = "# Added by Fieldlift; Forklift passes over what follows.\n";
    assertThatThrownBy(() -> CachesSection.parse(("a: b\n" + mark + section).getBytes(UTF_8)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("forklift-bundle.yml");
  }

  @Property(tries = 300)
  void appendingIsTakenBackWhateverTheManifest(
      @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String text,
      @ForAll boolean ended)
      throws Problem {
    byte[] manifest = ("text: " + YamlText.of(text) + (ended ? "\n" : "")).getBytes(UTF_8);
    assertThat(CachesSection.original(SECTION.append(manifest))).isEqualTo(manifest);
  }

  private static byte[] original() {
    return BundleFixture.MANIFEST.getBytes(UTF_8);
  }
}
