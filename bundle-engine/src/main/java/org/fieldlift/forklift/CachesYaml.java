package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.fieldlift.forklift.CachesSection.Download;
import org.fieldlift.forklift.CachesSection.Image;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;

/// The `caches` section as YAML, in the layout of the manifest around it. Paths that were read are
/// relative and lead downwards, so that what is named can be looked for.
final class CachesYaml {
  private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+(/[a-z0-9._-]+){1,2}|any");

  private CachesYaml() {}

  static byte[] write(CachesSection section) {
    StringBuilder yaml = new StringBuilder(CachesSection.KEY + ":\n");
    yaml.append("  platform: ").append(YamlText.of(section.platform())).append('\n');
    list(yaml, "mirrors", section.mirrors());
    list(yaml, "pallets", section.pallets());
    list(yaml, "repositories", section.repositories());
    if (!section.downloads().isEmpty()) yaml.append("  downloads:\n");
    for (Download download : section.downloads()) {
      yaml.append("    - url: ").append(YamlText.of(download.url()));
      yaml.append("\n      path: ").append(YamlText.of(download.path()));
      yaml.append("\n      sha256: ").append(YamlText.of(download.sha256().hex())).append('\n');
    }
    if (!section.images().isEmpty()) yaml.append("  images:\n");
    for (Image image : section.images()) {
      yaml.append("    - reference: ").append(YamlText.of(image.reference()));
      yaml.append("\n      digest: ").append(image.digest()).append('\n');
    }
    return yaml.toString().getBytes(UTF_8);
  }

  static CachesSection read(Section caches) throws Problem {
    String platform = caches.text("platform");
    if (!PLATFORM.matcher(platform).matches()) {
      throw caches.wrong("platform", "a platform like linux/arm64");
    }
    List<Download> downloads = new ArrayList<>();
    for (Section each : caches.list("downloads")) {
      downloads.add(new Download(each.text("url"), path(each, "path"), digest(each, "sha256")));
    }
    List<Image> images = new ArrayList<>();
    for (Section each : caches.list("images")) {
      images.add(new Image(each.text("reference"), digest(each, "digest")));
    }
    return new CachesSection(
        platform,
        paths(caches, "mirrors"),
        paths(caches, "pallets"),
        paths(caches, "repositories"),
        downloads,
        images);
  }

  private static void list(StringBuilder yaml, String name, List<String> values) {
    if (values.isEmpty()) return;
    yaml.append("  ").append(name).append(":\n");
    for (String value : values) yaml.append("    - ").append(YamlText.of(value)).append('\n');
  }

  private static List<String> paths(Section section, String name) throws Problem {
    List<String> paths = section.texts(name);
    for (String path : paths) requireSafe(section, name, path);
    return paths;
  }

  private static String path(Section section, String name) throws Problem {
    String path = section.text(name);
    requireSafe(section, name, path);
    return path;
  }

  private static void requireSafe(Section section, String name, String path) throws Problem {
    if (SafePath.fault(path).isPresent()) throw section.wrong(name, "a path that leads downwards");
  }

  private static Digest digest(Section section, String name) throws Problem {
    String text = section.text(name);
    if (!Digest.looksLike(text)) throw section.wrong(name, "a SHA-256 digest");
    return Digest.parse(text);
  }
}
