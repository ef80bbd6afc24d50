package org.fieldlift.forklift;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Problem;

/// A `version-lock`: which commit of a pallet or repository a bundle was made from. Forklift makes
/// a version text of each and refuses to load a bundle in which one yields none.
///
/// @param tag "" for none
/// @param timestamp of the committer, as 14 digits; "" when a tagged lock has none
/// @param commit 40 hexadecimal digits; "" when a tagged lock has none
public record VersionLock(String type, String tag, String timestamp, String commit) {
  private static final String NUMBER = "(0|[1-9]\\d{0,9})";

  /// Possessive, because Java needs stack for every repetition it may have to take back.
  private static final String SUFFIX = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";

  /// Strict Semantic Versioning 2.0.0 with a leading `v`; groups: the three numbers and the
  /// prerelease.
  public static final Pattern VERSION =
      Pattern.compile(
          "v"
              + String.join("\\.", NUMBER, NUMBER, NUMBER)
              + "(?:-(%1$s))?(?:\\+%1$s)?".formatted(SUFFIX));

  private static final Pattern TIMESTAMP = Pattern.compile("\\d{14}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int BRIEF = 12;

  /// Refuses a lock that has no version, as Forklift would.
  static VersionLock read(Section lock) throws Problem {
    String tag = lock.text("tag");
    String type = lock.text("type");
    String timestamp = lock.text("timestamp");
    String commit = lock.text("commit");
    boolean tagged = VERSION.matcher(tag).matches();
    switch (type) {
      case "version" -> {
        if (!tagged) throw lock.wrong("tag", "a version like v1.2.3");
      }
      case "pseudoversion" -> {
        if (!tagged && !tag.isEmpty()) throw lock.wrong("tag", "a version like v1.2.3");
        if (!TIMESTAMP.matcher(timestamp).matches()) throw lock.wrong("timestamp", "14 digits");
        if (!COMMIT.matcher(commit).matches()) {
          throw lock.wrong("commit", "40 hexadecimal digits");
        }
      }
      default -> throw lock.wrong("type", "\"version\" or \"pseudoversion\"");
    }
    return new VersionLock(type, tag, timestamp, commit);
  }

  /// The version as Forklift writes it, in its manifests and in the names of its caches.
  String version() {
    if (type.equals("version")) return tag;
    String moment = timestamp + "-" + commit.substring(0, BRIEF);
    Matcher base = VERSION.matcher(tag);
    if (!base.matches()) return "v0.0.0-" + moment;
    String prerelease = base.group(4);
    long patch = Long.parseLong(base.group(3));
    String numbers = "v" + base.group(1) + "." + base.group(2) + ".";
    return prerelease == null
        ? numbers + (patch + 1) + "-0." + moment
        : numbers + patch + "-" + prerelease + ".0." + moment;
  }
}
