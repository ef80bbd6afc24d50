package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.trust.SigningKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Releases that are whole and well signed, but not for this device, not for now, or with a
/// `forklift-bundle.yml` that does harm: the device refuses them, and its stage store stays as it
/// is.
@ExtendWith(FaultTable.class)
class HostileBundleTest {
  private static final String VERSION = "v0.0.0-20260512083000-0123456789ab";
  private static final long SEQUENCE = 20260512083000L;
  private static final int LARGE = 1 << 20;

  @TempDir static Path folder;
  private static Lab lab;
  private static SigningKey key;
  private static SigningKey strangersKey;
  private static Stranger stranger;
  private static Path stages;
  private static String manifest;

  @BeforeAll
  static void aDeviceWithABundle() throws IOException {
    lab = Lab.in(folder, 0);
    key = SigningKey.open(folder.resolve("lab.key"), "secret".toCharArray());
    strangersKey = SigningKey.generate(folder.resolve("stranger"), "secret".toCharArray());
    stages = Files.createDirectory(folder.resolve("stages"));
    lab.station().run(Lab.importing(lab.packed("scope.forklift-bundle"), stages)).well();
    stranger = Stranger.at(lab.station(), stages);
    manifest = Files.readString(lab.bundle().resolve("forklift-bundle.yml"));
  }

  @Test
  void aReleaseThatIsNotForThisDeviceNowIsRefused() throws IOException {
    refused(
        "another platform", release(Lab.PRODUCT, "linux/amd64", SEQUENCE, null), "machines, but");
    refused("an older sequence", release(Lab.PRODUCT, "linux/arm64", 7, null), "is older than");
    Instant past = Instant.parse("2026-06-01T00:00:00Z");
    refused(
        "an expired one", release(Lab.PRODUCT, "linux/arm64", SEQUENCE, past), "was valid until");
    refused("an opaque file", opaque(), "is a single file, not a Forklift bundle");
  }

  @Test
  void aReleaseBySomebodyElseIsRefused() throws IOException {
    Release draft = release(Lab.PRODUCT, "linux/arm64", SEQUENCE, null);
    refused("a stranger's key", packed(draft, manifest, strangersKey), "does not belong to");
    lab.station()
        .run(
            "trust",
            "add",
            "guest",
            "--product",
            "example.org/guest/*",
            "--key",
            folder.resolve("stranger.pub"))
        .well();
    refused("the key of another product", packed(draft, manifest, strangersKey), "No rule lets");
    Release guests = release("example.org/guest/x", "linux/arm64", SEQUENCE, null);
    refused("another product in it", packed(guests, manifest, strangersKey), "is signed as");
    lab.station().run("trust", "remove", "guest").well();
  }

  @Test
  void aBundleThatIsNotWhatWasSignedIsRefused() throws IOException {
    refused("another product", text -> text.replace("lab/scope", "lab/other"), "is signed as");
    refused(
        "another version", text -> text.replace("-0123456789ab", "-0123456789ac"), "is signed as");
    refused("a dirty one", text -> text.replace("clean: true", "clean: false"), "is signed as");
    refused("nothing but a version", text -> "forklift-version: v0.8.0-alpha.6\n", "was cut off");
    refused("no deployments", text -> text.replaceAll("(?s)deploys:.*", ""), "deploys nothing");
    refused("an empty manifest", text -> "", "was cut off");
    refused("an old dialect", text -> text.replace("v0.8.0-alpha.6", "v0.6.0"), "Forklift version");
    refused("a package outside", text -> text.replace("/packages/models", "../../x"), "impossible");
  }

  @Test
  void yamlThatDoesHarmIsRefused() throws IOException {
    refused("a key twice", text -> text + "deploys: {}\n", "duplicate key");
    refused("a key twice in disguise", text -> text + "1: a\n'1': b\n", "the key 1 twice");
    refused("an alias bomb", text -> text + aliases(), "aliases");
    refused(
        "nested without end", text -> text + "x: " + "[".repeat(LARGE / 2), "nested too deeply");
    refused(
        "a number of 500 000 digits", text -> text + "x: " + "9".repeat(LARGE / 2), "longer than");
    refused("2 MB of YAML", text -> text + "# " + "x".repeat(2 * LARGE), "reads at most");
    refused("a version of 100 000 dots", text -> text + dots(), "a version like v1.2.3");
    refused("a Java object", text -> text + "x: !!java.net.URL [a]\n", "cannot be read");
    refused("a Java id", text -> text + "x: !!java.util.UUID a\n", "cannot be read");
    refused("an escape", text -> text.replace("lab/scope", "lab/\"\u202e\""), "<U+202E>");
    refused("a binary", text -> "\0\u0001\u0002", "cannot be read");
  }

  private static void refused(String attack, UnaryOperator<String> change, String words)
      throws IOException {
    Release draft = release(Lab.PRODUCT, "linux/arm64", SEQUENCE, null);
    refused(attack, packed(draft, change.apply(manifest), key), words);
  }

  private static void refused(String attack, Release draft, String words) throws IOException {
    refused(attack, packed(draft, manifest, key), words);
  }

  private static void refused(String attack, Path release, String words) throws IOException {
    stranger.refused(attack, 3, words, Lab.importing(release, stages));
  }

  private static Path opaque() throws IOException {
    Path file = Files.writeString(folder.resolve("os.img"), "an image");
    return pack(file, draft(Release.Kind.FILE, Lab.PRODUCT, "any", SEQUENCE, null), key);
  }

  /// A bundle with this manifest as one release; the lab itself would not pack it.
  private static Path packed(Release draft, String yaml, SigningKey by) throws IOException {
    Files.writeString(lab.bundle().resolve("forklift-bundle.yml"), yaml);
    Files.writeString(lab.bundle().resolve("exports/another"), "than the one that is there");
    return pack(lab.bundle(), draft, by);
  }

  private static Path pack(Path input, Release draft, SigningKey by) throws IOException {
    Path output = folder.resolve("forged.forklift-bundle");
    Leftovers.delete(output);
    ReleasePacker.pack(
        ReleasePacker.tree(input, draft.kind()),
        draft,
        by::signBundle,
        output,
        new Progress("forging"),
        new Cancellation());
    return output;
  }

  private static Release release(
      String product, String platform, long sequence, @Nullable Instant until) {
    return draft(Release.Kind.FORKLIFT_BUNDLE, product, platform, sequence, until);
  }

  private static Release draft(
      Release.Kind kind, String product, String platform, long sequence, @Nullable Instant until) {
    Instant made = Instant.parse("2026-05-12T08:30:00Z");
    return new Release(
        kind, product, VERSION, true, sequence, platform, made, until, List.of(), List.of(),
        List.of(), null);
  }

  private static String dots() {
    String tag = "v1.0.0-" + "a.".repeat(100_000);
    return "includes: {pallets: {a: {version-lock: {type: version, tag: " + tag + "}}}}\n";
  }

  private static String aliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return bomb.toString();
  }
}
