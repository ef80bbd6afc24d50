package org.fieldlift.engine;

import java.util.regex.Pattern;
import org.fieldlift.release.Release;

/// How people name a release: `example.org/lab/scope@2026.1.1`, or without the version for the
/// newest, or with only the last names of the product (`scope@2026.1.1`). At the end may stand the
/// architecture, as in the name of the archive (`scope@2026.1.1+arm64`, `scope+armv7`).
///
/// @param product or its last names
/// @param label the version; "" for the newest
record ReleaseName(String product, String label) {
  private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{6,64}");

  static ReleaseName of(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? new ReleaseName(text, "")
        : new ReleaseName(text.substring(0, at), text.substring(at + 1));
  }

  /// True for text that may be the beginning of an id.
  static boolean looksLikeId(String text) {
    return ID.matcher(text).matches();
  }

  boolean fits(String otherProduct, String otherLabel, String platform) {
    String architecture = "+" + Release.architecture(platform);
    return label.isEmpty()
        ? isEndOf(otherProduct) || isEndOf(otherProduct + architecture)
        : isEndOf(otherProduct)
            && (label.equals(otherLabel) || label.equals(otherLabel + architecture));
  }

  private boolean isEndOf(String name) {
    return name.equals(product) || name.endsWith("/" + product);
  }
}
