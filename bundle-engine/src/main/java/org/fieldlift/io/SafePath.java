package org.fieldlift.io;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What a path in a list of ours may be: relative, `/` between names, downwards only.
///
/// Stops a release from writing outside the folder it is unpacked to ("zip slip", CWE-22). Every
/// name that Linux allows is allowed, because Forklift names cached downloads after their URLs
/// (`?`, `&`, `:`, `#` occur).
public final class SafePath {
  /// Longest path and longest single name in UTF-8 bytes (`PATH_MAX`, `NAME_MAX` of Linux).
  public static final int LONGEST = 4095;

  public static final int LONGEST_NAME = 255;

  private SafePath() {}

  /// What is wrong with the path, as the end of a sentence; nothing when it is safe.
  public static Optional<String> fault(String path) {
    if (path.isEmpty()) return Optional.of("is empty");
    if (path.indexOf('\0') >= 0) return Optional.of("holds a NUL character");
    if (!isUnicode(path)) return Optional.of("is not well-formed Unicode");
    if (utf8(path).length > LONGEST) return Optional.of("is too long");
    for (String name : path.split("/", -1)) {
      if (name.isEmpty()) return Optional.of("is absolute or holds an empty name");
      if (name.equals(".") || name.equals("..")) return Optional.of("leads out of its folder");
      if (utf8(name).length > LONGEST_NAME) return Optional.of("holds a name that is too long");
    }
    return Optional.empty();
  }

  /// False for lone surrogates, which would all become the same `?` in a file name.
  public static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
