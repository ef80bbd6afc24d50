package org.fieldlift.fat32;

import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// How to say that a volume contradicts itself.
final class Damage {
  private Damage() {}

  /// @param what a clause that follows "is damaged: "
  static Problem of(String drive, String what) {
    return Problem.drive(
        "The file system on " + PlainText.of(drive) + " is damaged: " + what + ".",
        "Do not trust what is on it; write the drive again.");
  }

  /// A path as it is shown.
  static String shown(String path) {
    return path.isEmpty() ? "the top folder" : "\"" + PlainText.of(path) + "\"";
  }
}
