package org.fieldlift.forklift;

import java.util.regex.Pattern;
import org.fieldlift.io.Problem;

/// A `version-lock`: which commit of a pallet or repository a bundle was made from. Forklift makes
/// a version text of each and refuses to load a bundle in which one yields none.
final class VersionLock {
  private static final String NUMBER = "(0|[1-9]\\d{0,9})";

  /// Possessive, because Java needs stack for every repetition it may have to take back.
  private static final String SUFFIX = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";

  /// Strict Semantic Versioning 2.0.0 with a leading `v`; groups: the three numbers.
  static final Pattern VERSION =
      Pattern.compile(
          "v"
              + String.join("\\.", NUMBER, NUMBER, NUMBER)
              + "(?:-%1$s)?(?:\\+%1$s)?".formatted(SUFFIX));

  private static final Pattern TIMESTAMP = Pattern.compile("\\d{14}");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private VersionLock() {}

  /// Refuses a lock that has no version, as Forklift would.
  static void require(Section lock) throws Problem {
    String tag = lock.text("tag");
    boolean tagged = VERSION.matcher(tag).matches();
    switch (lock.text("type")) {
      case "version" -> {
        if (!tagged) throw lock.wrong("tag", "a version like v1.2.3");
      }
      case "pseudoversion" -> {
        if (!tagged && !tag.isEmpty()) throw lock.wrong("tag", "a version like v1.2.3");
        if (!TIMESTAMP.matcher(lock.text("timestamp")).matches()) {
          throw lock.wrong("timestamp", "14 digits");
        }
        if (!COMMIT.matcher(lock.text("commit")).matches()) {
          throw lock.wrong("commit", "40 hexadecimal digits");
        }
      }
      default -> throw lock.wrong("type", "\"version\" or \"pseudoversion\"");
    }
  }
}
