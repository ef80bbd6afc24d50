package org.fieldlift.forklift.pallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import org.fieldlift.forklift.Owner;
import org.fieldlift.forklift.git.DotGit;

/// Copies a clone: all of its files, and of `.git` what is named. Other repositories within it stay
/// behind, because git runs what their `config` names when it is only asked about the clone around
/// them; a submodule is as it was before its first update. Objects borrowed from elsewhere
/// (`alternates`) stay behind, too; they would be looked for on this machine.
///
/// So do links in `.git`: git would write through them, as with `logs/HEAD`, whose lines hold a
/// name that the bundle brings (CWE-59).
///
/// @param ofGit names directly below `.git`; `config` is always taken, as it is
record PalletCopy(TreeCopy copy, Set<String> ofGit) {
  private static final String GIT = ".git";

  void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (var children = Files.newDirectoryStream(from)) {
      for (Path child : children) {
        if (!DotGit.isOne(child)) copy.copy(child, to.resolve(child.getFileName()));
      }
    }
    TreeCopy history = copy.without(Files::isSymbolicLink);
    Path git = Files.createDirectory(to.resolve(GIT));
    try (var children = Files.newDirectoryStream(from.resolve(GIT))) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        boolean isTaken = ofGit.contains(name) || name.startsWith("sharedindex.");
        boolean isConfig =
            name.equals("config") && Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS);
        if (isTaken && !Files.isSymbolicLink(child) || isConfig) {
          history.copy(child, git.resolve(name));
        }
      }
    }
    Files.deleteIfExists(git.resolve("objects/info/alternates"));
    Owner.allow(git, "rwxr-xr-x");
    Owner.allow(to, "rwxr-xr-x");
  }
}
