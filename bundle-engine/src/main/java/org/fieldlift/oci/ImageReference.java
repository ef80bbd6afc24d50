package org.fieldlift.oci;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// What a compose file calls an image, read by Docker's own rules: `alpine` is
/// `docker.io/library/alpine:latest`.
///
/// @param text exactly as it was written; Docker is asked for it in these words
/// @param registry host and port; `docker.io` for Docker Hub however it was written
/// @param repository the path at the registry, with Docker Hub's `library/`
/// @param tag `latest` when the text has neither tag nor digest
/// @param digest of what the reference is pinned to: an index, or one platform's manifest
/// @see <a href="https://github.com/distribution/reference">distribution/reference</a>
public record ImageReference(
    String text,
    String registry,
    String repository,
    @Nullable String tag,
    @Nullable Digest digest) {
  public static final String DOCKER_HUB = "docker.io";

  private static final String LATEST = "latest";
  private static final String OFFICIAL = "library/";

  /// Longest path at a registry (distribution/reference), and longest text at all.
  private static final int LONGEST_REPOSITORY = 255;

  private static final int LONGEST = 1024;

  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*+(?<!-))?";
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:]{2,45}])(?::[0-9]{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile("NAME(?:/NAME)*".replace("NAME", "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*"));
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern PARTS =
      Pattern.compile("([^:@]*)(?::([^:@]*))?(?:@(.*))?", Pattern.DOTALL);

  /// @throws Problem of kind USAGE when Docker would refuse it
  public static ImageReference parse(String text) throws Problem {
    if (text.isEmpty()) throw refused(text, "it is empty");
    if (text.length() > LONGEST) throw refused(text.substring(0, 80) + "…", "it is too long");
    if (Digest.looksLike(text)) throw refused(text, "it is the number of an image, not its name");
    int slash = text.indexOf('/');
    boolean hasRegistry = slash >= 0 && isRegistry(text.substring(0, slash));
    String registry = hasRegistry ? text.substring(0, slash) : DOCKER_HUB;
    if (registry.equals("index." + DOCKER_HUB)) registry = DOCKER_HUB;
    if (!REGISTRY.matcher(registry).matches()) throw refused(text, "it names no registry");
    String rest = hasRegistry ? text.substring(slash + 1) : text;
    Matcher parts = PARTS.matcher(rest);
    if (!parts.matches()) throw refused(text, "it has a colon too many");
    String repository = parts.group(1);
    if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
      repository = OFFICIAL + repository;
    }
    requireRepository(text, repository);
    Digest digest = digest(text, parts.group(3));
    String tag = parts.group(2);
    if (tag == null && digest == null) tag = LATEST;
    if (tag != null && !TAG.matcher(tag).matches()) throw refused(text, "its tag is no tag");
    return new ImageReference(text, registry, repository, tag, digest);
  }

  /// Registry and path, without tag and digest.
  public String name() {
    return registry + "/" + repository;
  }

  /// The name under which a daemon keeps exactly this image: by digest when it is pinned, for a tag
  /// would pass to the next release that has the same one.
  public String canonical() {
    return digest != null ? name() + "@" + digest : tagged();
  }

  /// The name without its digest, as older Dockers keep it; only for one that has a tag.
  public String tagged() {
    return name() + ":" + tag;
  }

  public boolean isPinned() {
    return digest != null;
  }

  private static boolean isRegistry(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static void requireRepository(String text, String repository) throws Problem {
    if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
      throw refused(text, "its name must be in lower case");
    }
    if (repository.length() > LONGEST_REPOSITORY) throw refused(text, "its name is too long");
    if (!REPOSITORY.matcher(repository).matches()) throw refused(text, "its name is no name");
  }

  private static @Nullable Digest digest(String text, @Nullable String digest) throws Problem {
    if (digest == null) return null;
    if (DIGEST.matcher(digest).matches()) return Digest.parse(digest);
    throw refused(text, "its digest is not sha256: and 64 characters");
  }

  private static Problem refused(String text, String why) {
    return Problem.usage(
        "\"%s\" is no image reference: %s.".formatted(PlainText.of(text), why),
        "Write it as Docker does: registry.example.org/lab/app:1.0 or …/app:1.0@sha256:….");
  }

  @Override
  public String toString() {
    return text;
  }
}
