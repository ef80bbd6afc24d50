package org.fieldlift.forklift.secrets;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// What looks for secrets in YAML. Where it takes them out, it finds none afterwards.
public final class SecretsReaders {
  private SecretsReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("yaml-secrets", SecretsReaders::yaml);
  }

  private static void yaml(byte[] bytes) {
    YamlSecrets secrets = YamlSecrets.of(bytes);
    if (secrets.stripped().isEmpty()) return;
    YamlSecrets left = YamlSecrets.of(secrets.stripped().get());
    requireSame(false, left.credentials());
    requireSame(secrets.tokens(), left.tokens());
  }
}
