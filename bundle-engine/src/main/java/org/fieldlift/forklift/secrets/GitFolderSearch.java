package org.fieldlift.forklift.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.fieldlift.forklift.git.GitConfig;
import org.fieldlift.forklift.secrets.Secrets.Found;
import org.fieldlift.io.PlainText;

/// What git keeps of a clone beside its objects: settings, also of submodules and linked work
/// trees, logs, hooks, and whatever else it or another program has noted down there.
///
/// @param root the searched folder
/// @param shown what stands before a path for people
record GitFolderSearch(Path root, String shown, Found found) {
  private static final Set<String> SETTINGS = Set.of("config", "config.worktree");
  private static final Set<String> CONTENT = Set.of("objects", "lfs", "annex");

  /// In these, files are called as branches are, and a branch may be called `config`.
  private static final Set<String> BRANCHES = Set.of("refs", "logs");

  private static final String TOO_LARGE =
      "; it is so large that --strip-secrets leaves it. Delete it, or let git shorten it.";

  /// @param folder a `.git`
  void search(String folder) throws IOException {
    search(folder, false);
  }

  private void search(String folder, boolean isOfBranches) throws IOException {
    boolean isRepository = !isOfBranches && isRepository(root.resolve(folder));
    for (Path child : SecretSearch.children(root.resolve(folder))) {
      String path = root.relativize(child).toString();
      String name = child.getFileName().toString();
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        if (isRepository && CONTENT.contains(name)) continue;
        search(path, isOfBranches || (isRepository && BRANCHES.contains(name)));
      } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        file(path, name, isRepository);
      }
    }
  }

  private void file(String path, String name, boolean isOfRepository) throws IOException {
    Path file = root.resolve(path);
    if (isOfRepository && SETTINGS.contains(name)) {
      settings(file, path);
    } else if (isOfRepository && name.equals("credentials")) {
      if (Files.size(file) == 0) return;
      found.goes(shown(path, "The file ", " is made for passwords."), path, new byte[0]);
    } else if (isOfRepository && name.equals("gitdir")) {
      found.goes(
          shown(path, "", " tells a place on the machine that staged it."), path, new byte[0]);
    } else if (!name.equals("index") && !name.startsWith("sharedindex.")) {
      new NotedAddresses(root, shown, found).search(path, true, TOO_LARGE);
    }
  }

  private void settings(Path file, String path) throws IOException {
    GitConfig config = GitConfig.read(file);
    GitConfig portable = PalletConfig.portable(config);
    for (GitConfig.Setting each : config.settings()) {
      ConfigRisk.of(each)
          .ifPresent(risk -> found.goes(shown(path, risk + " (in ", ")."), path, portable.bytes()));
    }
    // A setting that runs a program goes, too, and nobody has to be told of it.
    if (!portable.equals(config)) found.goes(path, portable.bytes());
  }

  private String shown(String path, String before, String behind) {
    return before + PlainText.of(shown + path) + behind;
  }

  /// Also one of a linked work tree, which has its objects elsewhere; and a `.git` that lacks all.
  private static boolean isRepository(Path folder) {
    return folder.endsWith(".git")
        || Files.isRegularFile(folder.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS);
  }
}
