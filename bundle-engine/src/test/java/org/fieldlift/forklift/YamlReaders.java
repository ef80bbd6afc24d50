package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.util.Map;
import java.util.Optional;
import org.fieldlift.fuzz.ForeignReader;
import org.fieldlift.io.SafePath;
import org.fieldlift.io.Yaml;

/// The readers of Forklift's files and ours beside them. What was read is written and read again,
/// where we write it; what is a place in a cache leads to no other.
public final class YamlReaders {
  private YamlReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "bundle-yml",
        BundleManifest::parse,
        "stage-store-yml",
        bytes -> {
          StageManifest state = StageManifest.parse(bytes);
          requireSame(state, StageManifest.parse(state.toYaml()));
        },
        "includes-yml",
        bytes -> Includes.of(new Section(Yaml.readMap(bytes, "a test"), "a test", "")),
        "caches-yml",
        YamlReaders::caches,
        "download-name",
        bytes -> {
          String name = new String(bytes, UTF_8);
          requireSafe(
              name.contains("://") ? DownloadCache.ofUrl(name) : DownloadCache.ofImage(name));
        });
  }

  private static void caches(byte[] bytes) throws Exception {
    Optional<CachesSection> section = CachesSection.parse(bytes);
    if (section.isEmpty()) return;
    byte[] manifest = BundleFixture.MANIFEST.getBytes(UTF_8);
    byte[] extended = section.get().append(manifest);
    requireSame(section, CachesSection.parse(extended));
    requireSame(BundleFixture.MANIFEST, new String(CachesSection.original(extended), UTF_8));
  }

  private static void requireSafe(String path) {
    if (SafePath.fault(path).isPresent()) throw new AssertionError("leads elsewhere: " + path);
  }
}
