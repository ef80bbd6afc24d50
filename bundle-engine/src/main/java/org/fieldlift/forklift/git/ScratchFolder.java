package org.fieldlift.forklift.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.FolderFiles;

/// A folder of this run in the system's temporary folder, where runs that were killed may have left
/// theirs.
final class ScratchFolder {
  private static final String NAME = "fieldlift-git-";
  private static final Pattern MADE = Pattern.compile(NAME + "([0-9]{1,10})-[0-9]+");

  private ScratchFolder() {}

  /// Makes one, and removes what this user's runs left that were killed.
  static Path make() throws IOException {
    Path made = Files.createTempDirectory(NAME + ProcessHandle.current().pid() + "-");
    UserPrincipal user = Files.getOwner(made);
    try (var all = Files.newDirectoryStream(made.resolveSibling(""), NAME + "*")) {
      for (Path each : all) if (isLeft(each)) remove(each, user);
    }
    return made;
  }

  private static boolean isLeft(Path folder) {
    Matcher made = MADE.matcher(folder.getFileName().toString());
    if (!made.matches()) return false;
    return ProcessHandle.of(Long.parseLong(made.group(1))).filter(ProcessHandle::isAlive).isEmpty();
  }

  /// Only what is this user's: the temporary folder is everybody's, and whoever made a folder there
  /// could lead its removal to files of others (CWE-59).
  private static void remove(Path left, UserPrincipal user) {
    try {
      if (Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).equals(user)) FolderFiles.delete(left);
    } catch (IOException anotherRunRemovesIt) {
      // Or the next one does.
    }
  }
}
