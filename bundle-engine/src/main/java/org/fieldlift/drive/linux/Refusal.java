package org.fieldlift.drive.linux;

import org.fieldlift.io.Problem;

/// Why a disk can never be written.
///
/// @param why one sentence
/// @param next what to do instead, one sentence
record Refusal(String why, String next) {
  private static final String ANOTHER = "Choose another drive.";

  static Refusal another(String why) {
    return new Refusal(why, ANOTHER);
  }

  Problem problem() {
    return Problem.drive(why, next);
  }
}
