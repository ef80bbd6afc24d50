package org.fieldlift.forklift.git;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Names that git takes for a repository's own folder, wherever they lie: whoever runs git beside
/// or below one runs the programs that its `config` names (CWE-829).
///
/// Which they are is what git itself refuses in a tree that it checks out (`core.protectHFS`,
/// `core.protectNTFS`), since a workspace may move to another file system: any case, what Windows
/// makes of a name (`.git::$INDEX_ALLOCATION`, `git~1`, dots and spaces at the end, `\` between
/// names), and characters that macOS passes over.
public final class DotGit {
  private static final Pattern PASSED_OVER =
      Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");
  private static final Pattern NAME = Pattern.compile("(?is)(\\.git|git~1)[ .]*(:.*)?");

  private DotGit() {}

  /// Whether any name of a path below a cache is one.
  public static boolean isIn(String path) {
    for (String name : path.split("/")) if (isOne(name)) return true;
    return false;
  }

  /// Whether a file's own name is one.
  public static boolean isOne(Path file) {
    return isOne(String.valueOf(file.getFileName()));
  }

  /// Whether a name is one, as any file system or git itself takes it.
  public static boolean isOne(String name) {
    for (String part : PASSED_OVER.matcher(name).replaceAll("").split("\\\\")) {
      if (NAME.matcher(part).matches()) return true;
    }
    return false;
  }
}
