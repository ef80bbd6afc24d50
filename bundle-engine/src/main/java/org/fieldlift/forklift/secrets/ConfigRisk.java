package org.fieldlift.forklift.secrets;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fieldlift.forklift.git.GitConfig.Setting;
import org.fieldlift.io.PlainText;

/// Why a setting of a clone should not travel, in words without its value.
final class ConfigRisk {
  private ConfigRisk() {}

  /// The beginning of a sentence; nothing when the setting may be seen.
  static Optional<String> of(Setting setting) {
    String name = setting.name().toLowerCase(Locale.ROOT);
    String key = PlainText.of(Credentials.removed(setting.key()));
    if (Credentials.areIn(setting.value()) || Credentials.areIn(setting.key())) {
      return Optional.of("The setting " + key + " holds a user name or password");
    }
    if (Credentials.tokensAreIn(setting.value())) {
      return Optional.of("The setting " + key + " holds what may be a token");
    }
    boolean isSecret =
        name.equals("extraheader")
            || name.equals("cookiefile")
            || name.startsWith("password")
            || name.contains("sslcert")
            || name.contains("sslkey")
            || (setting.section().equals("credential") && name.equals("helper"));
    if (isSecret) return Optional.of("The setting " + key + " may hold a secret or lead to one");
    boolean isPlace =
        Stream.of("/", "~", "file://").anyMatch(start -> setting.value().startsWith(start));
    return isPlace
        ? Optional.of("The setting " + key + " tells a place on the machine that staged it")
        : Optional.empty();
  }
}
