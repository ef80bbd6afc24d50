package org.fieldlift.forklift;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The readers of Forklift's YAML. A stage store's state that was read is written and read again:
/// Forklift must find in it what we found.
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
        });
  }
}
