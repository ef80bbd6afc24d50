package org.fieldlift.forklift.secrets;

import java.util.Set;
import java.util.regex.Pattern;
import org.fieldlift.forklift.git.GitConfig;
import org.fieldlift.forklift.git.GitConfig.Setting;

/// What of a clone's settings may travel to another machine: how its files are stored, its branches
/// and where they come from, and who commits. Everything else stays behind, because a setting can
/// name a program that git runs (CWE-829), a secret, or a place on the machine it was made on.
public final class PalletConfig {
  /// Forklift's own name for the mirror in the workspace's cache.
  public static final String MIRROR = "forklift-cache-mirror";

  private static final Set<String> CORE =
      Set.of("repositoryformatversion", "filemode", "bare", "logallrefupdates", "autocrlf", "eol");
  private static final Set<String> REMOTE = Set.of("url", "pushurl", "fetch", "tagopt");
  private static final Set<String> BRANCH = Set.of("remote", "merge", "rebase");
  private static final Set<String> USER = Set.of("name", "email");
  private static final Pattern WEB = Pattern.compile("(?i)(https?|ssh|git)://\\S+");

  private PalletConfig() {}

  /// The settings that may travel, without credentials in addresses.
  public static GitConfig portable(GitConfig config) {
    GitConfig safe = config.only(PalletConfig::mayTravel);
    return new GitConfig(
        safe.settings().stream()
            .map(each -> new Setting(each.key(), Credentials.removed(each.value())))
            .toList());
  }

  private static boolean mayTravel(Setting setting) {
    return switch (setting.section()) {
      case "core" -> setting.subsection().isEmpty() && CORE.contains(setting.name());
      case "branch" -> BRANCH.contains(setting.name());
      case "user" -> setting.subsection().isEmpty() && USER.contains(setting.name());
      case "remote" -> !setting.subsection().equals(MIRROR) && isRemote(setting);
      case String other -> false;
    };
  }

  private static boolean isRemote(Setting setting) {
    boolean isAddress = setting.name().endsWith("url");
    return REMOTE.contains(setting.name())
        && (!isAddress || WEB.matcher(setting.value()).matches())
        && !Credentials.tokensAreIn(setting.value());
  }
}
