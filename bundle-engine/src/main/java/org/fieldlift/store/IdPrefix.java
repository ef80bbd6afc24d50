package org.fieldlift.store;

import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The beginning of a release's id, long enough to be meant as one; the same rule for the store and
/// for what sources offer.
///
/// @param text at least 6 characters, without `sha256:`
public record IdPrefix(String text) {
  private static final int SHORTEST = 6;

  /// @throws Problem of kind USAGE when the text is too short
  public static IdPrefix of(String text) throws Problem {
    String prefix = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
    if (prefix.length() < SHORTEST) {
      throw Problem.usage(
          "\"" + PlainText.of(text) + "\" is too short to name a release.",
          "Give at least " + SHORTEST + " characters of its id.");
    }
    return new IdPrefix(prefix);
  }

  public boolean fits(Digest id) {
    return id.hex().startsWith(text);
  }

  /// What is said when several releases begin so.
  public Problem ambiguous() {
    return Problem.usage(
        "\"" + PlainText.of(text) + "\" is the beginning of several releases' ids.",
        "Give more characters of the id.");
  }
}
