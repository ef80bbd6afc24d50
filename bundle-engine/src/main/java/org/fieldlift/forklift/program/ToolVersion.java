package org.fieldlift.forklift.program;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.forklift.VersionLock;

/// Which Forklift it is, as far as that decides how to call it. Order is Semantic Versioning's, for
/// the names that Forklift gives its releases (`alpha.6`, `beta.0`, `rc.1`).
///
/// @param text as it says itself (`v0.8.0-beta.1`)
record ToolVersion(String text) {
  private static final Pattern SAID =
      Pattern.compile("forklift version (" + VersionLock.VERSION.pattern() + ")\\s*");
  private static final Pattern PRERELEASE = Pattern.compile("([a-z]+)\\.(\\d{1,9})");

  /// What `forklift --version` prints; nothing when it is built from no release.
  static Optional<ToolVersion> said(String output) {
    Matcher said = SAID.matcher(output);
    return said.matches() ? Optional.of(new ToolVersion(said.group(1))) : Optional.empty();
  }

  boolean isAtLeast(String other) {
    return compare(parts(text), parts(other)) >= 0;
  }

  private static int compare(String[] one, String[] other) {
    for (int at = 0; at < 3; at++) {
      int number = Long.compare(Long.parseLong(one[at]), Long.parseLong(other[at]));
      if (number != 0) return number;
    }
    if (one[3].isEmpty() || other[3].isEmpty()) {
      return Boolean.compare(one[3].isEmpty(), other[3].isEmpty());
    }
    Matcher a = PRERELEASE.matcher(one[3]);
    Matcher b = PRERELEASE.matcher(other[3]);
    if (!a.matches() || !b.matches() || !a.group(1).equals(b.group(1))) {
      return one[3].compareTo(other[3]);
    }
    return Long.compare(Long.parseLong(a.group(2)), Long.parseLong(b.group(2)));
  }

  private static String[] parts(String version) {
    Matcher matcher = VersionLock.VERSION.matcher(version);
    if (!matcher.matches()) throw new IllegalArgumentException("no version: " + version);
    String prerelease = matcher.group(4);
    return new String[] {
      matcher.group(1), matcher.group(2), matcher.group(3), prerelease == null ? "" : prerelease
    };
  }
}
